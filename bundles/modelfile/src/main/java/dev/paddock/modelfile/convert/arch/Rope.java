package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How positions turn heads, and how that is stretched for contexts longer than those of the training. Older
 * configurations have {@code rope_theta} and {@code rope_scaling}, newer ones {@code rope_parameters}.
 */
final class Rope {
    private static final double BASE = 10_000;
    private static final double NEAR = 1e-3;

    private final Config config;
    private final Config scaling;
    private final String type;

    private Rope(Config config, Config scaling) {
        this.config = config;
        this.scaling = scaling;
        String named = scaling.text("rope_type", "type").orElse("default");
        type = named.equals("su") ? "longrope" : named;
        if (scaling.has("mrope_section")) throw unsupported("with sections");
        // What has no head of that kind says 1.0.
        if (partial() != 1 && !config.text("model_type").orElse("").equals("phi3")) throw unsupported("of a part");
    }

    /** Of all layers, or of those that see everything where the others have settings of their own. */
    static Rope of(Config config) {
        Config all = config.object("rope_parameters", "rope_scaling")
                .orElse(new Config(config.file(), JsonNodeFactory.instance.objectNode()));
        return new Rope(config, all.object("full_attention").orElse(all));
    }

    /** The base of layers that see a window only; the others' where nothing is said. */
    static double windowBase(Config config, double otherwise) {
        return config.object("rope_parameters")
                .flatMap(all -> all.object("sliding_attention"))
                .map(window -> window.number("rope_theta"))
                .filter(OptionalDouble::isPresent)
                .orElseGet(() -> config.number("rope_local_base_freq"))
                .orElse(otherwise);
    }

    /** The base of the frequencies. */
    double base(double otherwise) {
        return scaling.number("rope_theta").orElse(config.number("rope_theta").orElse(otherwise));
    }

    double base() {
        return base(BASE);
    }

    /** Which part of a head turns, 0 to 1. */
    double partial() {
        return scaling.number("partial_rotary_factor")
                .orElse(config.number("partial_rotary_factor").orElse(1));
    }

    boolean isLong() {
        return type.equals("longrope");
    }

    /** What the numbers of one of the two lists of long contexts are. */
    float[] factors(String key, int count) {
        List<Double> numbers =
                scaling.numbers(key, Config.WIDTH).orElseThrow(() -> scaling.missing("rope_scaling." + key));
        if (numbers.size() != count) {
            throw Refused.because(
                    config.file() + ": \"" + key + "\" has " + numbers.size() + " numbers, heads want " + count);
        }
        float[] factors = new float[count];
        for (int i = 0; i < count; i++) factors[i] = numbers.get(i).floatValue();
        return factors;
    }

    /** The context that it was trained with before it was stretched. */
    long trained(long otherwise) {
        return scaling.integer("original_max_position_embeddings")
                .orElse(config.integer("original_max_position_embeddings").orElse(otherwise));
    }

    /** What scores are multiplied by, where the configuration says so. */
    OptionalDouble attention() {
        return scaling.number("attention_factor");
    }

    /** Writes it, but for what lies in tensors. */
    void describe(Keys keys, boolean llama) {
        switch (type) {
            case "default", "dynamic" -> {}
            case "linear" -> keys.text("rope.scaling.type", "linear").number("rope.scaling.factor", factor());
            case "yarn" -> yarn(keys);
            case "longrope" -> {
                if (!config.text("model_type").orElse("").equals("phi3")) throw unsupported("");
                keys.text("rope.scaling.type", "longrope");
            }
            case "llama3" -> {
                if (!llama) throw unsupported("");
            }
            default -> throw unsupported("");
        }
    }

    private void yarn(Keys keys) {
        double factor = factor();
        double usual = 0.1 * Math.log(factor) + 1;
        if (Math.abs(attention().orElse(usual) - usual) > NEAR || scaling.has("mscale", "mscale_all_dim")) {
            throw unsupported("with an attention factor of its own");
        }
        if (!scaling.flag("truncate", true)) throw unsupported("that is not truncated");
        keys.text("rope.scaling.type", "yarn")
                .number("rope.scaling.factor", factor)
                .count("rope.scaling.original_context_length", trained(context()));
        scaling.number("beta_fast").ifPresent(fast -> keys.number("rope.scaling.yarn_beta_fast", fast));
        scaling.number("beta_slow").ifPresent(slow -> keys.number("rope.scaling.yarn_beta_slow", slow));
    }

    private long context() {
        return config.integer("max_position_embeddings").orElseThrow(() -> config.missing("max_position_embeddings"));
    }

    /**
     * Llama 3's way: low frequencies are divided, high ones are not, those between in part. As llama.cpp takes it, one
     * number for each pair.
     */
    Map<String, float[]> tensors(int size) {
        if (!type.equals("llama3")) return Map.of();
        double factor = factor();
        double low = scaling.number("low_freq_factor").orElse(1);
        double high = scaling.number("high_freq_factor").orElse(4);
        double trained = trained(8192);
        if (high <= low) throw unsupported("whose high_freq_factor is not above its low_freq_factor");
        float[] factors = new float[size / 2];
        for (int i = 0; i < factors.length; i++) {
            double wave = 2 * Math.PI * Math.pow(base(), 2.0 * i / size);
            double smooth = Math.clamp((trained / wave - low) / (high - low), 0, 1);
            factors[i] = (float) (1 / ((1 - smooth) / factor + smooth));
        }
        return Map.of("rope_freqs.weight", factors);
    }

    List<String> notes() {
        return type.equals("dynamic")
                ? List.of("the context is not stretched beyond the length of the training (rope_type dynamic)")
                : List.of();
    }

    private double factor() {
        double factor = scaling.required("factor");
        if (factor < 1) throw Refused.because(config.file() + ": a rope factor of " + factor + " is below 1");
        return factor;
    }

    private RuntimeException unsupported(String how) {
        String text = scaling.value("rope_type", "type").map(JsonNode::asString).orElse("default");
        return Refused.because(config.file() + ": positions of rope type \"" + text + "\" " + how
                + (how.isEmpty() ? "" : " ") + "are not supported for this architecture; supported are default, linear,"
                + " yarn, llama3 (llama) and longrope (phi3)");
    }
}
