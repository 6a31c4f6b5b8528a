package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.MetadataValue;
import dev.paddock.gguf.ValueType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Layouts whose architecture has the name that llama.cpp gives it. */
final class LegacyRules {
    private static final String PRE = "tokenizer.ggml.pre";
    private static final long LONG_CONTEXT = 131_072;
    private static final long HEAD_128 = 128;
    private static final int TURN_ENDS = 128_009;
    private static final int TEXT_ENDS = 128_001;

    private LegacyRules() {}

    static Optional<LegacyLayout> of(GgufFile header) {
        var file = new LegacyFile(header);
        return switch (file.architecture()) {
            case "gemma3" -> file.tensor("dense.0.weight").isPresent() ? embeddingGemma(file) : gemma3(file);
            case "gemma3n" -> gemma3n(file);
            case "gemma4" -> gemma4(file);
            case "bert" -> snowflake(file);
            case "lfm2" -> lfm2(file);
            case "mistral3" -> mistral3(file);
            case "qwen35", "qwen35moe" -> qwen35(file);
            case "qwen3next" -> file.hasTensorsEnding(".ssm_dt") ? ssm(file).rewritten("qwen3next") : Optional.empty();
            case "qwen3vl", "qwen3vlmoe" -> qwen3vl(file);
            case "laguna" -> laguna(file);
            case "nemotron_h_moe" ->
                latent(file, "nemotron_h_moe", "nemotron_h_moe").drop("mtp.").rewritten("nemotron_h_moe");
            case "llama" -> llama3(file);
            case "llama4" -> file.drop("v.", "mm.").rewritten("llama4");
            default -> Optional.empty();
        };
    }

    private static Optional<LegacyLayout> gemma3(LegacyFile file) {
        String rope = "gemma3.rope.";
        String epsilon = "gemma3.attention.layer_norm_rms_epsilon";
        boolean encoder = file.hasTensors("v.") || file.hasTensors("mm.");
        if (!encoder
                && file.has(epsilon)
                && !file.has(rope + "global.freq_base")
                && !file.has(rope + "local.freq_base")) {
            return Optional.empty();
        }
        file.refused(!file.has(epsilon))
                .rename(rope + "global.freq_base", rope + "freq_base")
                .rename(rope + "local.freq_base", rope + "freq_base_swa")
                .putIfMissing(epsilon, epsilon, MetadataValue.float32(1e-6));
        if (!file.has(rope + "global.freq_base")) {
            file.putIfMissing(rope + "freq_base", rope + "freq_base", MetadataValue.float32(1_000_000));
        }
        if (!file.has(rope + "local.freq_base")) {
            file.putIfMissing(rope + "freq_base_swa", rope + "freq_base_swa", MetadataValue.float32(10_000));
        }
        // All but the smallest were stretched to their context by eight, which some files do not tell.
        if (file.number("gemma3.context_length") >= LONG_CONTEXT && !file.has(rope + "scaling.type")) {
            file.put(rope + "scaling.type", MetadataValue.text("linear"))
                    .putIfMissing(rope + "scaling.factor", rope + "scaling.factor", MetadataValue.float32(8));
        }
        return file.cutVocabulary().drop("v.", "mm.").rewritten("gemma3");
    }

    private static Optional<LegacyLayout> embeddingGemma(LegacyFile file) {
        var first = file.tensor("dense.0.weight").orElseThrow();
        var second = file.tensor("dense.1.weight");
        if (second.isEmpty() || first.dims().size() != 2 || second.get().dims().size() != 2) {
            return LegacyFile.hopeless("embeddinggemma");
        }
        String fresh = "gemma-embedding.";
        return file.becomes("gemma-embedding")
                .remove("gemma3.attention.causal")
                .remove("gemma3.attention.sliding_window_pattern")
                .putIfMissing("gemma3.rope.freq_base_swa", fresh + "rope.freq_base_swa", MetadataValue.float32(10_000))
                .put(
                        fresh + "dense_2_feat_in",
                        MetadataValue.uint32(first.dims().get(0)))
                .put(
                        fresh + "dense_2_feat_out",
                        MetadataValue.uint32(first.dims().get(1)))
                .put(
                        fresh + "dense_3_feat_in",
                        MetadataValue.uint32(second.get().dims().get(0)))
                .put(
                        fresh + "dense_3_feat_out",
                        MetadataValue.uint32(second.get().dims().get(1)))
                .renameTensor("dense.0.weight", "dense_2.weight")
                .renameTensor("dense.1.weight", "dense_3.weight")
                .renameTensor("norm.weight", "output_norm.weight")
                .rewritten("embeddinggemma");
    }

    /** Its table of tokens is longer than the one of its layers: rows would have to go. */
    private static Optional<LegacyLayout> gemma3n(LegacyFile file) {
        var tokens = file.tensor("token_embd.weight").map(t -> t.dims().getLast());
        var perLayer =
                file.tensor("per_layer_token_embd.weight").map(t -> t.dims().getLast());
        boolean differ = tokens.isPresent() && perLayer.isPresent() && !tokens.equals(perLayer);
        return differ ? LegacyFile.hopeless("gemma3n") : Optional.empty();
    }

    private static Optional<LegacyLayout> gemma4(LegacyFile file) {
        boolean wrongTokenizer = file.text("tokenizer.ggml.model").equals("llama");
        file.drop("a.", "v.", "mm.", "model.vision_tower.");
        if (wrongTokenizer) file.put("tokenizer.ggml.model", MetadataValue.text("gemma4"));
        Optional<LegacyLayout> layout = file.rewritten("gemma4");
        boolean experts = file.tensor("blk.0.ffn_gate_exps.weight").isPresent();
        return layout.isPresent() && experts ? LegacyFile.hopeless("gemma4 with experts") : layout;
    }

    /** The table of characters is there as the letters of its base64 text, one by one. */
    private static Optional<LegacyLayout> snowflake(LegacyFile file) {
        String key = "tokenizer.ggml.precompiled_charsmap";
        if (!file.text("tokenizer.ggml.model").equals("t5") || file.element(key) != ValueType.STRING) {
            return Optional.empty();
        }
        var letters = new StringBuilder();
        for (Object letter : file.list(key)) letters.append(letter);
        try {
            List<Integer> bytes = new ArrayList<>();
            for (byte b : Base64.getDecoder().decode(letters.toString())) bytes.add((int) b);
            if (bytes.isEmpty()) return LegacyFile.hopeless("snowflake-arctic-embed2");
            return file.put(key, new MetadataValue.Array(ValueType.UINT8, bytes))
                    .refused(true)
                    .rewritten("snowflake-arctic-embed2");
        } catch (IllegalArgumentException e) {
            return LegacyFile.hopeless("snowflake-arctic-embed2");
        }
    }

    private static Optional<LegacyLayout> lfm2(LegacyFile file) {
        boolean old = file.tensor("output_norm.weight").isPresent()
                && file.tensor("token_embd_norm.weight").isEmpty();
        if (!old) return Optional.empty();
        file.renameTensor("output_norm.weight", "token_embd_norm.weight").put(PRE, MetadataValue.text("lfm2"));
        file.tensor("blk.0.ffn_gate.weight")
                .ifPresent(gate -> file.put(
                        "lfm2.feed_forward_length",
                        MetadataValue.uint32(gate.dims().getLast())));
        return file.rewritten("lfm2");
    }

    private static Optional<LegacyLayout> mistral3(LegacyFile file) {
        String scaling = "mistral3.rope.scaling.";
        boolean old = file.hasTensors("v.")
                || file.hasTensors("mm.")
                || file.has(scaling + "beta_fast")
                || file.has(scaling + "mscale_all_dim")
                || file.has("mistral3.rope.scaling_beta");
        if (!old) return Optional.empty();
        if (defaultPre(file)) file.put(PRE, MetadataValue.text("tekken"));
        return file.rename(scaling + "beta_fast", scaling + "yarn_beta_fast")
                .rename(scaling + "beta_slow", scaling + "yarn_beta_slow")
                .rename(scaling + "mscale_all_dim", scaling + "yarn_log_multiplier")
                .rename("mistral3.rope.scaling_beta", "mistral3.attention.temperature_scale")
                .drop("v.", "mm.")
                .rewritten("mistral3");
    }

    private static Optional<LegacyLayout> qwen35(LegacyFile file) {
        String sections = file.architecture() + ".rope.dimension_sections";
        boolean old = file.hasTensorsEnding(".ssm_dt")
                || file.hasTensors("v.")
                || file.hasTensors("mtp.")
                || file.list(sections).size() == 3;
        if (!old) return Optional.empty();
        return ssm(file).sections(sections, sections).drop("v.", "mm.", "mtp.").rewritten(file.architecture());
    }

    /** Layers with and without attention: llama.cpp wants one number of heads, and a bias that is called so. */
    private static LegacyFile ssm(LegacyFile file) {
        return file.largest(file.architecture() + ".attention.head_count_kv").biases();
    }

    private static Optional<LegacyLayout> qwen3vl(LegacyFile file) {
        String prefix = file.architecture() + ".";
        if (file.has(prefix + "rope.dimension_sections")) {
            return file.drop("v.", "mm.").rewritten(file.architecture());
        }
        if (file.number(prefix + "attention.key_length") != HEAD_128) return LegacyFile.hopeless(file.architecture());
        int stacked = file.list(prefix + "vision.deepstack_visual_indexes").size();
        return file.refused(true)
                .put(prefix + "rope.dimension_sections", MetadataValue.int32s(List.of(24, 20, 20, 0)))
                .putIfMissing(
                        prefix + "n_deepstack_layers", prefix + "n_deepstack_layers", MetadataValue.uint32(stacked))
                .drop("v.", "mm.")
                .rewritten(file.architecture());
    }

    private static Optional<LegacyLayout> laguna(LegacyFile file) {
        return file.rename("laguna.rope.swa.dimension_count", "laguna.rope.dimension_count_swa")
                .rename("laguna.rope.swa.freq_base", "laguna.rope.freq_base_swa")
                .renameTensors(".attn_g.", ".attn_gate.")
                .rewritten("laguna");
    }

    /** Experts between two narrow matrices, which had other names. */
    static LegacyFile latent(LegacyFile file, String old, String fresh) {
        String key = ".moe_latent_size";
        file.firstTensor(".ffn_latent_in.weight")
                .filter(in -> in.dims().size() == 2)
                .ifPresent(in -> file.putIfMissing(
                        old + key, fresh + key, MetadataValue.uint32(in.dims().get(1))));
        return file.renameTensors(".ffn_latent_in.", ".ffn_latent_down.")
                .renameTensors(".ffn_latent_out.", ".ffn_latent_up.");
    }

    /** Llama 3 whose turns do not end where they should; it loads all the same. */
    private static Optional<LegacyLayout> llama3(LegacyFile file) {
        List<?> tokens = file.list("tokenizer.ggml.tokens");
        boolean llama3 = tokens.size() > TURN_ENDS
                && tokens.get(TURN_ENDS).equals("<|eot_id|>")
                && tokens.get(128_006).equals("<|start_header_id|>");
        long end = file.number("tokenizer.ggml.eos_token_id");
        if (!llama3 || !(defaultPre(file) || end == TEXT_ENDS)) return Optional.empty();
        if (defaultPre(file)) file.put(PRE, MetadataValue.text("llama-bpe"));
        if (end == TEXT_ENDS) file.put("tokenizer.ggml.eos_token_id", MetadataValue.uint32(TURN_ENDS));
        return file.rewritten("llama 3 tokenizer");
    }

    private static boolean defaultPre(LegacyFile file) {
        return file.text(PRE).isEmpty() || file.text(PRE).equals("default");
    }
}
