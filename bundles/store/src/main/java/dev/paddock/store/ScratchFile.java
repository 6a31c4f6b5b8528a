package dev.paddock.store;

import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;

/** A temporary file that others write. One thread. */
record ScratchFile(Blobs blobs, TempFile temp) implements Scratch {
    @Override
    public Path file() {
        return temp.path();
    }

    @Override
    public Blob keep() {
        return blobs.keep(temp);
    }

    @Override
    public void close() {
        try {
            temp.close();
        } catch (IOException e) {
            throw StoreFaults.failed("cannot remove a temporary file", e);
        }
    }
}
