package dev.paddock.modelfile.convert;

/** Hears how far a conversion is. Called by the converting thread; must not throw. */
public interface ConversionProgress {
    /** Tells nobody. */
    ConversionProgress SILENT = (done, total) -> {};

    /**
     * How far it is.
     *
     * @param done bytes of weights that were written
     * @param total bytes of weights that will be
     */
    void at(long done, long total);

    /** Something that the person who converts should know: what was left out, or will differ from the original. */
    default void note(String words) {}
}
