package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model's settings and tensors in llama.cpp's words. */
public abstract class Architecture {
    /** What makers put before every name, depending on what the model is a part of. */
    private static final List<String> PREFIXES = List.of("model.", "language_model.", "bert.", "nomic_bert.");

    private static final List<String> LEFT_OUT = List.of("rotary_emb.inv_freq", "attention.masked_bias");

    private final String name;
    private final int layers;
    private final Names names;

    Architecture(String name, int layers, Names names) {
        this.name = name;
        this.layers = layers;
        this.names = names;
    }

    /** What llama.cpp calls it. */
    public final String name() {
        return name;
    }

    /** Writes its settings. */
    public abstract void describe(Keys keys);

    /** The shapes that its settings ask for. */
    abstract Shapes shapes();

    /**
     * Refuses a tensor that its settings do not fit.
     *
     * @param ours llama.cpp's name of it
     * @param theirs the published name
     * @param shape slowest-varying first
     */
    public final void requireShape(String ours, String theirs, List<Long> shape) {
        if (!shapes().fits(ours, shape)) {
            throw Refused.because("the tensor \"" + theirs + "\" has the shape " + shape
                    + "; by config.json it should be " + shapes().words(ours));
        }
    }

    /** What becomes of a published tensor; empty when this architecture has no such. */
    public final Optional<Target> target(String tensor) {
        String plain = plain(tensor);
        if (LEFT_OUT.stream().anyMatch(plain::endsWith) || leavesOut(plain)) return Optional.of(Target.NONE);
        return names.find(plain, layers).map(this::changed);
    }

    /** Whether a tensor, named without what makers put before all names, is not needed. */
    boolean leavesOut(String tensor) {
        return false;
    }

    /** What becomes of a tensor with this name of llama.cpp's. */
    Target changed(String ours) {
        return Target.same(ours);
    }

    /** Tensors that must be there, by llama.cpp's names. */
    public final List<String> required() {
        return names.required(layers);
    }

    /** Vectors that are computed from the settings, by llama.cpp's names. */
    public Map<String, float[]> computed() {
        return Map.of();
    }

    /** Whether a tensor stays in 32 bits though it is a matrix: llama.cpp only takes it so. */
    public boolean keepsFull(String ours) {
        return false;
    }

    /** What the person who converts should know. */
    public List<String> notes() {
        return List.of();
    }

    /** How many layers it has. */
    final int layers() {
        return layers;
    }

    static int layers(Config config) {
        return config.size(Config.LAYERS, "num_hidden_layers", "n_layer");
    }

    static String plain(String tensor) {
        String plain = tensor;
        for (boolean again = true; again; ) {
            again = false;
            for (String prefix : PREFIXES) {
                if (!plain.startsWith(prefix)) continue;
                plain = plain.substring(prefix.length());
                again = true;
            }
        }
        return plain;
    }
}
