package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import dev.paddock.modelfile.convert.RowOrder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Gemma 2, and the text part of Gemma 3. */
public final class Gemma extends Decoder {
    /** Every so manieth layer sees everything, where nothing else is said. */
    private static final int PERIOD_2 = 2;

    private static final int PERIOD_3 = 6;
    /** Layers of the largest, which llama.cpp scales by another rule. */
    private static final int LAYERS_2 = 46;

    private static final int LAYERS_3 = 62;

    private final boolean third;
    private final boolean pictures;

    private Gemma(boolean third, Config config, Names names, boolean pictures) {
        super(third ? "gemma3" : "gemma2", third ? defaults(config) : config, names, true);
        this.third = third;
        this.pictures = pictures;
        check();
    }

    static Gemma second(Config config) {
        return new Gemma(false, config, names(), false);
    }

    /** @param root the whole configuration, which may have that of the text part inside */
    static Gemma third(Config root) {
        Names names = names().inside("self_attn.q_norm", "attn_q_norm").inside("self_attn.k_norm", "attn_k_norm");
        return new Gemma(true, root.over("text_config"), names, root.has("vision_config"));
    }

    /** The makers leave out what is as in the first model of the family. */
    private static Config defaults(Config config) {
        return config.or("num_attention_heads", 8)
                .or("num_key_value_heads", 4)
                .or("head_dim", 256)
                .or("max_position_embeddings", 131_072);
    }

    private static Names names() {
        return apart(decoderNames())
                .inside("post_attention_layernorm", "post_attention_norm")
                .inside("pre_feedforward_layernorm", "ffn_norm")
                .inside("post_feedforward_layernorm", "post_ffw_norm");
    }

    private void check() {
        config.demand("hidden_activation", "gelu_pytorch_tanh");
        if (!tied())
            throw Refused.because(config.file() + ": an output of its own (tie_word_embeddings false)"
                    + " is not supported for " + name());
        if (config.flag("use_bidirectional_attention", false)) {
            throw Refused.because(config.file() + ": attention in both directions is not supported for " + name());
        }
        boolean largest = layers() == (third ? LAYERS_3 : LAYERS_2);
        double scalar = largest ? (double) heads.width() / heads.queries() : heads.size();
        if (config.number("query_pre_attn_scalar").orElse(scalar) != scalar) {
            throw Refused.because(config.file() + ": query_pre_attn_scalar must be " + scalar
                    + " here, as llama.cpp computes it from the other settings");
        }
        if (third && config.number("attn_logit_softcapping").isPresent()) {
            throw Refused.because(config.file() + ": attn_logit_softcapping is not supported for gemma3");
        }
    }

    @Override
    public void describe(Keys keys) {
        super.describe(keys);
        int window = config.size(1 << 30, "sliding_window");
        keys.count("attention.sliding_window", window);
        int usual = third ? PERIOD_3 : PERIOD_2;
        int period = period(usual);
        if (period != usual) keys.count("attention.sliding_window_pattern", period);
        if (third) {
            keys.number("rope.freq_base_swa", Rope.windowBase(config, 10_000));
            config.number("final_logit_softcapping").ifPresent(cap -> keys.number("final_logit_softcapping", cap));
        } else {
            keys.number("attn_logit_softcapping", config.required("attn_logit_softcapping"))
                    .number("final_logit_softcapping", config.required("final_logit_softcapping"));
        }
    }

    /** Every so manieth layer sees everything, the others a window. */
    private int period(int usual) {
        JsonNode types = config.value("layer_types").orElse(null);
        if (types == null) {
            return config.has("sliding_window_pattern") ? config.size(Config.LAYERS, "sliding_window_pattern") : usual;
        }
        List<Integer> full = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).asString("").equals("full_attention")) full.add(i);
        }
        int period = full.isEmpty() ? Math.max(usual, layers() + 1) : full.getFirst() + 1;
        for (int i = 0; i < layers(); i++) {
            if (types.size() != layers() || full.contains(i) != ((i + 1) % period == 0)) {
                throw Refused.because(config.file()
                        + ": layer_types must say for each layer what it is, with full attention in every n-th");
            }
        }
        return full.isEmpty() && layers() < usual ? usual : period;
    }

    @Override
    Target changed(String ours) {
        // Published as the distance from 1.
        return ours.endsWith("_norm.weight") ? new Target(ours, RowOrder.SAME, 1) : Target.same(ours);
    }

    @Override
    boolean leavesOut(String tensor) {
        return super.leavesOut(tensor)
                || tensor.startsWith("vision_tower.")
                || tensor.startsWith("multi_modal_projector.");
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(super.notes());
        if (pictures) notes.add("the part that sees pictures is left out: the model will read text only");
        return notes;
    }
}
