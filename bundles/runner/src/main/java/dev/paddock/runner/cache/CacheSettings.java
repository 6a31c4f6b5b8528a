package dev.paddock.runner.cache;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the tiers below the KV cache may take.
 *
 * @param hostBytes host memory; -1 = 1/8 of the machine's, at most 8 GiB; 0 = none
 * @param diskBytes disk, for all models in the directory; 0 = none
 * @param directory where entries lie; null = no disk tier
 * @param identity whose states they are: model digest, engine version, types of the KV cache
 * @param warnings hears of entries that were dropped, on any thread
 */
public record CacheSettings(long hostBytes, long diskBytes, Path directory, String identity, Warnings warnings) {
    /** Hears what went wrong without harm. */
    @FunctionalInterface
    public interface Warnings {
        /** @param message one line */
        void warn(String message);
    }

    public CacheSettings {
        if (hostBytes < -1) throw new IllegalArgumentException("host bytes " + hostBytes);
        if (diskBytes < 0) throw new IllegalArgumentException("disk bytes " + diskBytes);
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(warnings, "warnings");
    }
}
