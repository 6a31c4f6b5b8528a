package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What all decoders of the llama kind have in common. */
abstract class Decoder extends Architecture {
    final Config config;
    final Heads heads;
    final Rope rope;
    private final boolean tied;
    private final Shapes shapes;

    Decoder(String name, Config config, Names names, boolean tied) {
        super(name, layers(config), names);
        this.config = config;
        this.heads = Heads.of(config);
        this.rope = Rope.of(config);
        this.tied = config.flag("tie_word_embeddings", tied);
        this.shapes = shapes(heads, config.size(Config.WIDTH, "intermediate_size"));
    }

    private static Shapes shapes(Heads heads, long inner) {
        long width = heads.width();
        long queries = (long) heads.queries() * heads.size();
        long keys = (long) heads.keys() * heads.size();
        return new Shapes()
                .matrix("token_embd", Shapes.ANY, width)
                .matrix("output", Shapes.ANY, width)
                .matrix("attn_q", queries, width)
                .matrix("attn_k", keys, width)
                .matrix("attn_v", keys, width)
                .matrix("attn_qkv", queries + 2 * keys, width)
                .matrix("attn_output", width, queries)
                .matrix("ffn_gate", inner, width)
                .matrix("ffn_up", inner, width)
                .matrix("ffn_down", width, inner)
                .vectors(width, "output_norm", "attn_norm", "ffn_norm", "post_attention_norm", "post_ffw_norm")
                .vectors(heads.size(), "attn_q_norm", "attn_k_norm");
    }

    @Override
    Shapes shapes() {
        return shapes;
    }

    /** Modules that all of them have. */
    static Names decoderNames() {
        return new Names("layers")
                .outside("embed_tokens", "token_embd")
                .outside("norm", "output_norm")
                .outside("lm_head", "output")
                .inside("input_layernorm", "attn_norm")
                .inside("self_attn.o_proj", "attn_output")
                .inside("mlp.down_proj", "ffn_down")
                .optional("output");
    }

    /** Keys, queries and values each for themselves. */
    static Names apart(Names names) {
        return names.inside("self_attn.q_proj", "attn_q")
                .inside("self_attn.k_proj", "attn_k")
                .inside("self_attn.v_proj", "attn_v")
                .inside("mlp.gate_proj", "ffn_gate")
                .inside("mlp.up_proj", "ffn_up");
    }

    @Override
    boolean leavesOut(String tensor) {
        return tied && tensor.equals("lm_head.weight");
    }

    boolean tied() {
        return tied;
    }

    @Override
    public void describe(Keys keys) {
        keys.count("block_count", layers())
                .count("context_length", config.size(1 << 30, "max_position_embeddings"))
                .count("embedding_length", heads.width())
                .count("feed_forward_length", config.size(Config.WIDTH, "intermediate_size"))
                .count("attention.head_count", heads.queries())
                .count("attention.head_count_kv", heads.keys())
                .number(
                        "attention.layer_norm_rms_epsilon",
                        config.number("rms_norm_eps").orElse(1e-6))
                .number("rope.freq_base", rope.base());
        if (heads.sizeGiven()) {
            keys.count("attention.key_length", heads.size()).count("attention.value_length", heads.size());
        }
        rope.describe(keys, takesFrequencies());
    }

    /** Whether llama.cpp takes factors of single frequencies for it. */
    boolean takesFrequencies() {
        return false;
    }

    @Override
    public Map<String, float[]> computed() {
        return takesFrequencies() ? rope.tensors(heads.size()) : Map.of();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(rope.notes());
        config.integer("sliding_window").ifPresent(window -> {
            if (ignoresWindow() && window < config.size(1 << 30, "max_position_embeddings")) {
                notes.add("all layers see the whole context, not only the last " + window
                        + " tokens: llama.cpp has no sliding window for " + name());
            }
        });
        return notes;
    }

    /** Whether the model has a window that llama.cpp does not honour. */
    boolean ignoresWindow() {
        return false;
    }
}
