package dev.paddock.api.store;

import java.nio.file.Path;

/** A file that is being written; gone when closed unless it was kept. One thread. */
public interface Scratch extends AutoCloseable {
    /** Where to write; it exists and is empty. Writing a new file of that name in its place is fine. */
    Path file();

    /** Computes the digest, forces the content to the disk and makes it a blob. */
    Blob keep();

    @Override
    void close();
}
