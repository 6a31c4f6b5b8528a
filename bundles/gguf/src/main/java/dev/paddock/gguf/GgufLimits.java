package dev.paddock.gguf;

/** What a header may hold at most. Each is far above any real model and bounds the memory a hostile file can take. */
final class GgufLimits {
    /** Bytes of metadata and tensor descriptions together; a vocabulary of 260,000 tokens takes about 15 MiB. */
    static final long HEADER_BYTES = 128L << 20;

    static final int STRING_BYTES = 16 << 20;
    static final int KEY_BYTES = 65_535;
    static final int TENSOR_NAME_BYTES = 255;
    static final long ARRAY_ELEMENTS = 64L << 20;
    static final int ARRAY_DEPTH = 4;
    static final int NESTED_ARRAYS = 65_536;
    static final long KEY_VALUES = 65_536;
    static final long TENSORS = 262_144;
    static final int DIMENSIONS = 4;
    static final long ALIGNMENT = 1L << 20;

    private GgufLimits() {}
}
