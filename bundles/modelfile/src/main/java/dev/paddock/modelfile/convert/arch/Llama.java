package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.RowOrder;

/** Llama 1 to 3, Mistral, and what is built like them. */
public final class Llama extends Decoder {
    Llama(Config config) {
        super("llama", config, names(), false);
        config.demand("hidden_act", "silu");
    }

    private static Names names() {
        return apart(decoderNames())
                .inside("post_attention_layernorm", "ffn_norm")
                .biases("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");
    }

    @Override
    public void describe(Keys keys) {
        super.describe(keys);
        keys.count("rope.dimension_count", heads.size());
    }

    @Override
    Target changed(String ours) {
        return rotated(ours, heads.queries(), heads.keys());
    }

    /** Rows of queries and keys in the order that llama.cpp turns them. */
    public static Target rotated(String ours, int queries, int keys) {
        if (ours.contains(".attn_q.")) return new Target(ours, new RowOrder(queries), 0);
        if (ours.contains(".attn_k.")) return new Target(ours, new RowOrder(keys), 0);
        return Target.same(ours);
    }

    @Override
    boolean takesFrequencies() {
        return true;
    }

    @Override
    boolean ignoresWindow() {
        return true;
    }
}
