package dev.paddock.prompt.format;

/**
 * A part of an answer that is read in one way: text up to the next mark, or a call. What comes out must depend on the
 * whole text alone, never on how it was cut into pieces. One answer, one thread.
 */
interface Stretch {
    /**
     * Reads as much as is certain.
     *
     * @param in what has come; when it has ended nothing may be left of it in the end
     * @return what reads on: another stretch, or this one when it waits for more or all is read
     */
    Stretch read(Input in, Pieces out);
}
