package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.util.OptionalInt;

/** BERT as an encoder that gives vectors; what it was trained for otherwise is left out. */
public final class Bert extends Architecture {
    private final Config config;
    private final OptionalInt pooling;
    private final Shapes shapes;

    Bert(Config config, ModelFiles files) throws IOException {
        super("bert", layers(config), names());
        this.config = config;
        this.pooling = Pooling.of(files);
        config.demand("hidden_act", "gelu");
        config.demand("position_embedding_type", "absolute");
        long width = config.size(Config.WIDTH, "hidden_size");
        long inner = config.size(Config.WIDTH, "intermediate_size");
        shapes = encoder(width, inner, config.size(Config.WIDTH, "num_attention_heads"), config)
                .matrix("position_embd", config.size(1 << 24, "max_position_embeddings"), width)
                .matrix("attn_q", width, width)
                .matrix("attn_k", width, width)
                .matrix("attn_v", width, width);
    }

    /** What all encoders have. */
    static Shapes encoder(long width, long inner, long heads, Config config) {
        if (width % heads != 0) {
            throw Refused.because(config.file() + ": " + heads + " heads do not fit a width of " + width);
        }
        return new Shapes()
                .matrix("token_embd", Shapes.ANY, width)
                .matrix("token_types", config.integer("type_vocab_size").orElse(2), width)
                .matrix("attn_output", width, width)
                .matrix("ffn_up", inner, width)
                .matrix("ffn_gate", inner, width)
                .matrix("ffn_down", width, inner)
                .vectors(width, "token_embd_norm", "attn_output_norm", "layer_output_norm");
    }

    @Override
    Shapes shapes() {
        return shapes;
    }

    private static Names names() {
        return new Names("encoder.layer")
                .outside("embeddings.word_embeddings", "token_embd")
                .outside("embeddings.position_embeddings", "position_embd")
                .outside("embeddings.token_type_embeddings", "token_types")
                .outside("embeddings.LayerNorm", "token_embd_norm")
                .inside("attention.self.query", "attn_q")
                .inside("attention.self.key", "attn_k")
                .inside("attention.self.value", "attn_v")
                .inside("attention.output.dense", "attn_output")
                .inside("attention.output.LayerNorm", "attn_output_norm")
                .inside("intermediate.dense", "ffn_up")
                .inside("output.dense", "ffn_down")
                .inside("output.LayerNorm", "layer_output_norm")
                .biases("token_embd_norm", "attn_q", "attn_k", "attn_v", "attn_output", "attn_output_norm")
                .biases("ffn_up", "ffn_down", "layer_output_norm");
    }

    @Override
    public void describe(Keys keys) {
        keys.count("block_count", layers())
                .count("context_length", config.size(1 << 24, "max_position_embeddings"))
                .count("embedding_length", config.size(Config.WIDTH, "hidden_size"))
                .count("feed_forward_length", config.size(Config.WIDTH, "intermediate_size"))
                .count("attention.head_count", config.size(Config.WIDTH, "num_attention_heads"))
                .number(
                        "attention.layer_norm_epsilon",
                        config.number("layer_norm_eps").orElse(1e-12))
                .flag("attention.causal", false);
        pooling.ifPresent(type -> keys.count("pooling_type", type));
        keys.out()
                .uint32(
                        "tokenizer.ggml.token_type_count",
                        config.integer("type_vocab_size").orElse(2));
    }

    @Override
    boolean leavesOut(String tensor) {
        return tensor.equals("embeddings.position_ids") || tensor.startsWith("pooler.") || tensor.startsWith("cls.");
    }

    @Override
    public boolean keepsFull(String ours) {
        return ours.equals("position_embd.weight") || ours.equals("token_types.weight");
    }
}
