package dev.paddock.api.prompt;

/** How a model is asked to fill a gap in a text. What it answers is plain text. */
public sealed interface Filling {
    /** By a Go template that has a place for what stands behind the gap. */
    record ByTemplate(ChatTemplate template) implements Filling {}

    /**
     * By tokens of its vocabulary.
     *
     * @param prefix goes before the text before the gap
     * @param suffix goes before the text behind it
     * @param middle goes last; empty when the model has no token for that
     * @param suffixFirst whether the text behind the gap comes first
     */
    record ByTokens(String prefix, String suffix, String middle, boolean suffixFirst) implements Filling {}
}
