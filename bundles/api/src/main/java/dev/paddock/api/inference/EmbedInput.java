package dev.paddock.api.inference;

/** One text to be turned into a vector. */
public sealed interface EmbedInput {
    /** As text; the model's own special tokens are put around it. */
    record Text(String text) implements EmbedInput {}

    /** As token ids, taken as they are. */
    record Tokens(int[] tokens) implements EmbedInput {}
}
