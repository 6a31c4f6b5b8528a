package dev.paddock.gguf;

/**
 * Where a metadata entry lies in its file, and as what; its value is in {@link GgufFile#metadata}.
 *
 * @param type as written in the file
 * @param element of an array the type of its elements; otherwise the same as {@code type}
 * @param offset of the value's first byte behind its type, from the start of the file; of an array that is the type of
 *     its elements
 * @param bytes length of the value in the file
 */
public record GgufEntry(ValueType type, ValueType element, long offset, long bytes) {}
