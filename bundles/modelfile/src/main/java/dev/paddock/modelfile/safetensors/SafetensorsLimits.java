package dev.paddock.modelfile.safetensors;

/** What a header may hold at most. Each is far above any real model and bounds the memory a hostile file can take. */
final class SafetensorsLimits {
    /** Bytes of JSON; the largest shards of real models have about 1 MiB. */
    static final long HEADER_BYTES = 64L << 20;

    static final int TENSORS = 262_144;
    static final int NAME_LENGTH = 1024;
    static final int DIMENSIONS = 8;
    static final int METADATA_ENTRIES = 4096;
    /** Characters of one metadata value: some trainers put their whole configuration there. */
    static final int METADATA_LENGTH = 1 << 20;
    /** Of all names and values together. */
    static final int METADATA_TOTAL = 8 << 20;

    static final int DEPTH = 8;

    private SafetensorsLimits() {}
}
