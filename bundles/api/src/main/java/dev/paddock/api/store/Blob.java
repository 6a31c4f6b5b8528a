package dev.paddock.api.store;

import dev.paddock.api.model.Digest;
import java.nio.file.Path;

/**
 * Content that is in the store, whole.
 *
 * @param digest SHA-256 of the content
 * @param size its bytes
 * @param file where it lies; to be read only, and only until somebody removes the last model that uses it
 */
public record Blob(Digest digest, long size, Path file) {}
