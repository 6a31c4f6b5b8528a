package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import java.util.Map;

/** Phi 3, 3.5 and 4: queries, keys and values lie in one matrix, and so do the two of the feed-forward network. */
public final class Phi3 extends Decoder {
    private final int turned;

    Phi3(Config config) {
        super("phi3", config, names(), false);
        config.demand("hidden_act", "silu");
        if (heads.size() * heads.queries() != heads.width()) {
            throw Refused.because(config.file() + ": " + heads.queries() + " heads of " + heads.size()
                    + " must be as wide as the model, " + heads.width());
        }
        // Both of its halves.
        shapes().matrix("ffn_up", 2L * config.size(Config.WIDTH, "intermediate_size"), heads.width());
        turned = (int) (rope.partial() * heads.size());
    }

    private static Names names() {
        return decoderNames()
                .inside("self_attn.qkv_proj", "attn_qkv")
                .inside("mlp.gate_up_proj", "ffn_up")
                .inside("post_attention_layernorm", "ffn_norm");
    }

    @Override
    public void describe(Keys keys) {
        super.describe(keys);
        long longest = config.size(1 << 30, "max_position_embeddings");
        long trained = rope.trained(longest);
        // 0 is how llama.cpp knows Phi 4.
        keys.count("rope.dimension_count", turned)
                .count("rope.scaling.original_context_length", trained)
                .count(
                        "attention.sliding_window",
                        config.integer("sliding_window").orElse(0));
        if (rope.isLong()) {
            double stretch = (double) longest / trained;
            double usual = stretch > 1 ? Math.sqrt(1 + Math.log(stretch) / Math.log((double) trained)) : 1;
            keys.number("rope.scaling.attn_factor", rope.attention().orElse(usual));
        }
    }

    @Override
    public Map<String, float[]> computed() {
        if (!rope.isLong()) return Map.of();
        return Map.of(
                "rope_factors_long.weight", rope.factors("long_factor", turned / 2),
                "rope_factors_short.weight", rope.factors("short_factor", turned / 2));
    }

    @Override
    boolean ignoresWindow() {
        return true;
    }
}
