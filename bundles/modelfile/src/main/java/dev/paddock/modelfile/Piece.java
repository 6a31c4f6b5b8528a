package dev.paddock.modelfile;

import dev.paddock.api.store.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A large file that goes into a model.
 *
 * @param mediaType what it is
 * @param source the file or model it came from, for people
 * @param file where its content lies by now
 * @param keep makes it a blob, at the very end: what is not kept leaves nothing behind
 */
record Piece(String mediaType, String source, Path file, Supplier<Blob> keep) {
    /** Bytes of its content. */
    long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
