package dev.paddock.runner.llama;

import java.util.Locale;
import java.util.Set;

/**
 * How a model makes vectors.
 *
 * @param pooling how the vectors of an input's tokens become one
 * @param causal each token sees only those before it, so that a long input can be computed piece by piece
 * @param dedicated it is made for nothing else: it has no generation context
 * @param encoder it has no decoder: llama.cpp computes it by another call, without a cache and without logits
 * @param recurrent its memory is a state, not cells
 * @param length numbers in what it gives: of a vector, or 1 for a score
 */
public record VectorTraits(
        Pooling pooling, boolean causal, boolean dedicated, boolean encoder, boolean recurrent, int length) {
    /** Architectures that are encoders whatever their metadata says. */
    private static final Set<String> ENCODERS = Set.of("gemma-embedding", "llama-embed", "t5encoder");

    /** {@code enum llama_pooling_type}, without those that give no single vector. */
    public enum Pooling {
        /** Of all tokens. */
        MEAN(1),
        /** The first token's. */
        CLS(2),
        /** The last token's. */
        LAST(3),
        /** A score, by a classifier. */
        RANK(4);

        private final int id;

        Pooling(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }
    }

    /** Whether an input's last token alone gives what it gives: the others need no output, only a place in memory. */
    public boolean lastTokenOnly() {
        return causal && (pooling == Pooling.LAST || pooling == Pooling.RANK);
    }

    /** Reads the model's metadata. */
    static VectorTraits of(Model model) {
        String architecture = LlamaShape.metadata(model.pointer(), "general.architecture");
        String named = LlamaShape.metadata(model.pointer(), architecture + ".pooling_type");
        String causality = LlamaShape.metadata(model.pointer(), architecture + ".attention.causal");
        boolean decoder = LlamaEmbeddings.hasDecoder(model.pointer());
        boolean causal = decoder && causal(architecture, causality);
        Pooling pooling = pooling(named, causal);
        return new VectorTraits(
                pooling,
                causal,
                !causal || !named.isEmpty(),
                !decoder || namesEncoder(architecture),
                !model.rewinds(),
                pooling == Pooling.RANK ? 1 : LlamaEmbeddings.length(model.pointer()));
    }

    static boolean causal(String architecture, String metadata) {
        return !metadata.equals("false") && !namesEncoder(architecture);
    }

    private static boolean namesEncoder(String architecture) {
        String name = architecture.toLowerCase(Locale.ROOT);
        return name.contains("bert") || ENCODERS.contains(name);
    }

    /**
     * What the metadata names. A model that names nothing: llama.cpp would give the vectors of all tokens; of a causal
     * model only the last has seen everything, and of others the mean is the usual choice.
     */
    static Pooling pooling(String metadata, boolean causal) {
        for (Pooling known : Pooling.values()) {
            if (metadata.equals(Integer.toString(known.id))) return known;
        }
        return causal ? Pooling.LAST : Pooling.MEAN;
    }
}
