package dev.paddock.gguf;

/**
 * Stands for an array that was longer than the caller asked for; its content was checked for bounds but not kept.
 *
 * @param elementType type of its elements
 * @param length number of elements
 */
public record SkippedArray(ValueType elementType, long length) {}
