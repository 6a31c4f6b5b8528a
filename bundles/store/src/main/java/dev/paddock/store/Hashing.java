package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Computes the digest of a file, saying now and then how far it is. */
final class Hashing {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long TELL_BYTES = 64L << 20;

    private Hashing() {}

    /** @param told bytes done so far; at the end too */
    static Digest of(Path file, Pace pace, LongConsumer told) throws IOException, InterruptedException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = 0;
        long next = TELL_BYTES;
        try (var content = Files.newInputStream(file)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                hash.update(buffer, 0, count);
                pace.read(count);
                done += count;
                if (done < next) continue;
                told.accept(done);
                next = done + TELL_BYTES;
            }
        }
        told.accept(done);
        return Digest.ofHash(hash.digest());
    }
}
