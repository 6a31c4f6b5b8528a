package dev.paddock.gguf.random;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Sizes of llama-architecture models; embeddings are tied. */
enum Shape {
    /** About 1.5 million parameters, of rows that every type can pack: for tests of what is not about speed. */
    TINY("tiny", 2, 256, 4, 2, 512, 1024),
    /** About 100 million parameters. */
    SMALL("0.1b", 12, 768, 12, 4, 2048, 32_000),
    /** The shape of Llama-3.2-1B with a smaller vocabulary: about 1.04 billion parameters. */
    LARGE("1b", 16, 2048, 32, 8, 8192, 32_000),
    /**
     * The shape of Llama-3.1-8B: about 7.5 billion parameters, as its embeddings are tied. Those of the real one would
     * only lie there: a token reads one row of them.
     */
    HUGE("8b", 32, 4096, 32, 8, 14_336, 128_256),
    /** The shape of Llama-3.2-1B with all of its vocabulary: about 1.24 billion parameters. */
    WIDE("1b-128k", 16, 2048, 32, 8, 8192, 128_256);

    final String label;
    final int layers;
    final int width;
    final int heads;
    final int kvHeads;
    final int feedForward;
    final int vocabulary;

    Shape(String label, int layers, int width, int heads, int kvHeads, int feedForward, int vocabulary) {
        this.label = label;
        this.layers = layers;
        this.width = width;
        this.heads = heads;
        this.kvHeads = kvHeads;
        this.feedForward = feedForward;
        this.vocabulary = vocabulary;
    }

    int headSize() {
        return width / heads;
    }

    /** Weights of all matrices; those of the norms are too few to count. */
    long parameters() {
        long attention = 2L * width * width + 2L * width * headSize() * kvHeads;
        return layers * (attention + 3L * width * feedForward) + (long) width * vocabulary;
    }

    static Shape of(String label) {
        return Arrays.stream(values())
                .filter(s -> s.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown size \"" + label + "\", choose one of: "
                        + Arrays.stream(values()).map(s -> s.label).collect(Collectors.joining(", "))));
    }
}
