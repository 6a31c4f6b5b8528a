package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import java.io.IOException;
import java.util.OptionalInt;

/** Qwen 2 and 2.5, with biases, and Qwen 3, with norms of queries and keys instead. */
public final class Qwen extends Decoder {
    private final OptionalInt pooling;

    private Qwen(String name, Config config, Names names, OptionalInt pooling) {
        super(name, config, names, false);
        this.pooling = pooling;
        config.demand("hidden_act", "silu");
    }

    static Qwen second(Config config, ModelFiles files) throws IOException {
        Names names = apart(decoderNames())
                .inside("post_attention_layernorm", "ffn_norm")
                .biases("attn_q", "attn_k", "attn_v");
        return new Qwen("qwen2", config, names, Pooling.of(files));
    }

    static Qwen third(Config config, ModelFiles files) throws IOException {
        Names names = apart(decoderNames())
                .inside("post_attention_layernorm", "ffn_norm")
                .inside("self_attn.q_norm", "attn_q_norm")
                .inside("self_attn.k_norm", "attn_k_norm");
        return new Qwen("qwen3", config, names, Pooling.of(files));
    }

    @Override
    public void describe(Keys keys) {
        super.describe(keys);
        pooling.ifPresent(type -> keys.count("pooling_type", type));
    }

    @Override
    boolean ignoresWindow() {
        return config.flag("use_sliding_window", false);
    }
}
