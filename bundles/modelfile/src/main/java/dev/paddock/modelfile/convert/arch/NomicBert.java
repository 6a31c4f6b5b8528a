package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.util.OptionalInt;

/** Nomic's encoder: BERT that turns heads by position, without biases, and with a gated feed-forward network. */
public final class NomicBert extends Architecture {
    /** Positions of the configuration that are a promise; the training had fewer. */
    private static final int PROMISED = 8192;

    private final Config config;
    private final OptionalInt pooling;
    private final Shapes shapes;

    NomicBert(Config config, ModelFiles files) throws IOException {
        super("nomic-bert", layers(config), names());
        this.config = config;
        this.pooling = Pooling.of(files);
        config.demand("activation_function", "swiglu");
        for (String flag : new String[] {"qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "prenorm", "causal"}) {
            if (config.flag(flag, false)) refuse(flag, "true");
        }
        if (config.flag("rotary_emb_interleaved", false)) refuse("rotary_emb_interleaved", "true");
        double part = config.number("rotary_emb_fraction").orElse(1);
        if (part != 1) refuse("rotary_emb_fraction", Double.toString(part));
        if (config.has("rotary_emb_scale_base")) refuse("rotary_emb_scale_base", "set");
        if (config.integer("moe_every_n_layers").orElse(0) != 0) refuse("moe_every_n_layers", "set");
        long width = config.size(Config.WIDTH, "n_embd", "hidden_size");
        long inner = config.size(Config.WIDTH, "n_inner", "intermediate_size");
        shapes = Bert.encoder(width, inner, config.size(Config.WIDTH, "n_head", "num_attention_heads"), config)
                .matrix("attn_qkv", 3 * width, width);
    }

    @Override
    Shapes shapes() {
        return shapes;
    }

    private void refuse(String key, String value) {
        throw Refused.because(config.file() + ": \"" + key + "\" is " + value + ", which is not supported");
    }

    private static Names names() {
        return new Names("encoder.layers")
                .outside("embeddings.word_embeddings", "token_embd")
                .outside("embeddings.token_type_embeddings", "token_types")
                .outside("emb_ln", "token_embd_norm")
                .inside("attn.Wqkv", "attn_qkv")
                .inside("attn.out_proj", "attn_output")
                .inside("norm1", "attn_output_norm")
                .inside("mlp.fc11", "ffn_up")
                .inside("mlp.fc12", "ffn_gate")
                .inside("mlp.fc2", "ffn_down")
                .inside("norm2", "layer_output_norm")
                .biases("token_embd_norm", "attn_output_norm", "layer_output_norm");
    }

    @Override
    public void describe(Keys keys) {
        int positions = config.size(1 << 24, "n_positions", "max_position_embeddings");
        long trained = config.integer("max_trained_positions").orElse(2048);
        keys.count("block_count", layers())
                .count("context_length", positions == PROMISED ? Math.min(trained, positions) : positions)
                .count("embedding_length", config.size(Config.WIDTH, "n_embd", "hidden_size"))
                .count("feed_forward_length", config.size(Config.WIDTH, "n_inner", "intermediate_size"))
                .count("attention.head_count", config.size(Config.WIDTH, "n_head", "num_attention_heads"))
                .number(
                        "attention.layer_norm_epsilon",
                        config.number("layer_norm_epsilon", "layer_norm_eps").orElse(1e-12))
                .number("rope.freq_base", config.number("rotary_emb_base").orElseGet(() -> Rope.of(config)
                        .base(1000)))
                .flag("attention.causal", false);
        pooling.ifPresent(type -> keys.count("pooling_type", type));
        keys.out()
                .uint32(
                        "tokenizer.ggml.token_type_count",
                        config.integer("type_vocab_size").orElse(2));
    }

    @Override
    boolean leavesOut(String tensor) {
        return tensor.startsWith("pooler.") || tensor.startsWith("cls.");
    }

    @Override
    public boolean keepsFull(String ours) {
        return ours.equals("token_types.weight");
    }
}
