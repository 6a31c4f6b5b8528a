package dev.paddock.gguf;

/**
 * What a header may hold at most. Each default is far above any real model and bounds the memory and the time that a
 * hostile file can take.
 *
 * @param headerBytes bytes of metadata and tensor descriptions together; a vocabulary of 260,000 tokens takes about 15
 *     MiB
 * @param stringBytes bytes of one string value
 * @param arrayElements elements of one array
 * @param arrayDepth how deep arrays may lie in arrays; 1 = only arrays of plain values
 * @param keyValues metadata entries
 * @param tensors tensor descriptions
 */
public record GgufLimits(
        long headerBytes, int stringBytes, int arrayElements, int arrayDepth, int keyValues, int tensors) {
    /** What is used where nobody says otherwise. */
    public static final GgufLimits DEFAULTS = new GgufLimits(128L << 20, 16 << 20, 64 << 20, 4, 16_384, 65_536);

    static final int KEY_BYTES = 65_535;
    static final int TENSOR_NAME_BYTES = 255;
    static final int NESTED_ARRAYS = 16_384;
    static final int DIMENSIONS = 4;
    static final long ALIGNMENT = 1L << 20;

    /** Java's arrays end there, and so does any sense. */
    private static final long MOST_HEADER_BYTES = 1L << 30;

    /** So deep the reader calls itself. */
    private static final int MOST_DEPTH = 64;

    /** @throws IllegalArgumentException when one is below 1 or beyond what the reader can do, with its name */
    public GgufLimits {
        check("header bytes", headerBytes, MOST_HEADER_BYTES);
        check("string bytes", stringBytes, MOST_HEADER_BYTES);
        check("array elements", arrayElements, MOST_HEADER_BYTES);
        check("array depth", arrayDepth, MOST_DEPTH);
        check("metadata entries", keyValues, 1 << 24);
        check("tensors", tensors, 1 << 24);
    }

    private static void check(String what, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "the limit of " + what + " in a GGUF file is " + value + "; allowed are 1 to " + most);
        }
    }
}
