package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.MetadataValue;
import java.util.Optional;

/** Layouts whose architecture has another name in llama.cpp. */
final class LegacyRenames {
    private LegacyRenames() {}

    static Optional<LegacyLayout> of(GgufFile header) {
        var file = new LegacyFile(header);
        return switch (file.architecture()) {
            case "gptoss" -> gptOss(file);
            case "olmo3" -> file.becomes("olmo2").rewritten("olmo3");
            case "qwen25vl" ->
                file.becomes("qwen2vl")
                        .sections("qwen25vl.rope.mrope_section", "qwen2vl.rope.dimension_sections")
                        .drop("v.", "mm.")
                        .rewritten("qwen25vl");
            case "deepseekocr" -> deepseekOcr(file);
            case "glm4moelite" -> glm4MoeLite(file);
            case "nemotron_h_omni" -> nemotronOmni(file);
            case "glmocr" -> LegacyFile.hopeless("glmocr"); // two of its matrices are one in llama.cpp
            case "mllama" -> LegacyFile.hopeless("mllama (Llama 3.2 Vision)");
            case "clip" -> clip(file);
            default -> Optional.empty();
        };
    }

    private static Optional<LegacyLayout> gptOss(LegacyFile file) {
        var gate = file.tensor("blk.0.ffn_gate_exps.weight");
        if (gate.isEmpty() || gate.get().dims().size() < 2) return LegacyFile.hopeless("gptoss");
        long width = gate.get().dims().get(1);
        return file.becomes("gpt-oss")
                .putIfMissing(
                        "gptoss.expert_feed_forward_length",
                        "gpt-oss.expert_feed_forward_length",
                        MetadataValue.uint32(width))
                .putIfMissing("gptoss.rope.scaling.type", "gpt-oss.rope.scaling.type", MetadataValue.text("yarn"))
                .put("tokenizer.ggml.pre", MetadataValue.text("gpt-4o"))
                .renameTensors(".attn_out.", ".attn_output.")
                .renameTensors(".ffn_norm.", ".post_attention_norm.")
                .sinks()
                .rewritten("gptoss");
    }

    private static Optional<LegacyLayout> deepseekOcr(LegacyFile file) {
        long width = file.tensor("blk.1.ffn_down_exps.weight")
                .map(tensor -> tensor.dims().getFirst())
                .orElse(0L);
        long told = file.number("deepseekocr.expert_feed_forward_length");
        long shared = file.tensor("blk.1.ffn_down_shexp.weight")
                .map(tensor -> tensor.dims().getFirst())
                .orElse(0L);
        long expert = told > 0 ? told : width;
        if (expert == 0 || shared % expert != 0) return LegacyFile.hopeless("deepseekocr");
        String prefix = "deepseek2-ocr.";
        return file.becomes("deepseek2-ocr")
                .putIfMissing(
                        "deepseekocr.attention.layer_norm_rms_epsilon",
                        prefix + "attention.layer_norm_rms_epsilon",
                        MetadataValue.float32(1e-6))
                .putIfMissing(
                        "deepseekocr.expert_feed_forward_length",
                        prefix + "expert_feed_forward_length",
                        MetadataValue.uint32(expert))
                .putIfMissing(
                        "deepseekocr.expert_shared_count",
                        prefix + "expert_shared_count",
                        MetadataValue.uint32(shared / expert))
                .drop("s.", "v.", "mm.")
                .rewritten("deepseekocr");
    }

    /** It tells of each head what llama.cpp wants to hear of all heads together. */
    private static Optional<LegacyLayout> glm4MoeLite(LegacyFile file) {
        long rank = file.number("glm4moelite.attention.kv_lora_rank");
        long turned = file.number("glm4moelite.rope.dimension_count");
        long head = file.number("glm4moelite.attention.key_length");
        if (rank == 0 || turned == 0 || head == 0) return LegacyFile.hopeless("glm4moelite");
        String attention = "deepseek2.attention.";
        file.becomes("deepseek2")
                .put(attention + "head_count_kv", MetadataValue.uint32(1))
                .put(attention + "key_length", MetadataValue.uint32(rank + turned))
                .put(attention + "value_length", MetadataValue.uint32(rank))
                .put(attention + "key_length_mla", MetadataValue.uint32(head))
                .put(attention + "value_length_mla", MetadataValue.uint32(head))
                .put("tokenizer.ggml.pre", MetadataValue.text("glm4"));
        for (String key : new String[] {"expert_group_count", "expert_group_used_count"}) {
            file.putIfMissing("glm4moelite." + key, "deepseek2." + key, MetadataValue.uint32(1));
        }
        var ends = file.list("tokenizer.ggml.eos_token_ids");
        String[] keys = {"tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"};
        for (int i = 0; i < keys.length && i + 1 < ends.size(); i++) {
            if (ends.get(i + 1) instanceof Long token) file.putIfMissing(keys[i], keys[i], MetadataValue.uint32(token));
        }
        return file.rewritten("glm4moelite");
    }

    private static Optional<LegacyLayout> nemotronOmni(LegacyFile file) {
        boolean experts =
                file.number("nemotron_h_omni.expert_count") > 0 || file.number("nemotron_h_omni.expert_used_count") > 0;
        file.becomes(experts ? "nemotron_h_moe" : "nemotron_h").drop("a.", "v.", "mm.", "mtp.");
        if (experts) LegacyRules.latent(file, "nemotron_h_omni", "nemotron_h_moe");
        return file.rewritten("nemotron_h_omni");
    }

    /** Projectors of LLaVA and BakLLaVA are of the one kind that there was. */
    private static Optional<LegacyLayout> clip(LegacyFile file) {
        if (file.has("clip.projector_type") || !file.hasTensors("mm.")) return Optional.empty();
        return file.put("clip.projector_type", MetadataValue.text("mlp")).rewritten("clip");
    }
}
