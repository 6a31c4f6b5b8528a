package dev.paddock.gguf;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads headers within the limits that the settings of this installation name. A service; safe for many threads. */
@ProviderType
public interface GgufGate {
    /** The limits as they are now; they may change while the server runs. */
    GgufLimits limits();

    /**
     * Reads a header with all its arrays.
     *
     * @throws GgufException when the file is not sound GGUF or over a limit, with the position
     * @throws IOException when it cannot be read
     */
    default GgufFile read(Path file) throws IOException {
        return read(file, Long.MAX_VALUE);
    }

    /**
     * Reads a header; arrays with more elements than the limit are checked and left out.
     *
     * @param arrayLimit longest array to keep
     * @throws GgufException when the file is not sound GGUF or over a limit, with the position
     * @throws IOException when it cannot be read
     */
    default GgufFile read(Path file, long arrayLimit) throws IOException {
        return GgufFile.read(file, arrayLimit, limits());
    }

    /** A gate with limits that stay. */
    static GgufGate of(GgufLimits limits) {
        return () -> limits;
    }
}
