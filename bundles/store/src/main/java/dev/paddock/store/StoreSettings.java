package dev.paddock.store;

import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.Sizes;
import java.time.Duration;

/**
 * How the store is kept in order.
 *
 * @param prune whether what nobody uses is removed without being asked
 * @param grace how young a file is left alone, since somebody may be about to use it
 * @param partialKeep how long an unfinished download waits to be gone on with
 * @param verifyRate bytes a second that checking digests in the background may read; 0 = none is checked unasked
 * @param room how much may be stored
 * @param templates which of a model's two templates it is used with
 */
record StoreSettings(
        boolean prune, Duration grace, Duration partialKeep, long verifyRate, Limits room, TemplateChoice templates) {
    /**
     * How much may be stored.
     *
     * @param quota most bytes of all blobs; 0 = what the disk has
     * @param reserve bytes of the disk that stay free
     */
    record Limits(long quota, long reserve) {}

    /** What counts when nothing is set, without checks in the background: for tests of those who use a store. */
    static final StoreSettings QUIET =
            new StoreSettings(true, Duration.ofHours(1), Duration.ofDays(14), 0, new Limits(0, 0));

    StoreSettings(boolean prune, Duration grace, Duration partialKeep, long verifyRate, Limits room) {
        this(prune, grace, partialKeep, verifyRate, room, TemplateChoice.AUTO);
    }

    /** @throws IllegalArgumentException naming the setting that cannot be used */
    static StoreSettings of(FileModelStore.Config config) {
        return new StoreSettings(
                config.prune(),
                time("prune.grace", config.prune_grace()),
                time("partial.keep", config.partial_keep()),
                size("verify.rate", config.verify_rate()),
                new Limits(size("quota", config.quota()), size("reserve", config.reserve())),
                TemplateChoice.setting(config.go_template()));
    }

    private static Duration time(String key, String value) {
        return Durations.setting(FileModelStore.PID, key, value);
    }

    private static long size(String key, String value) {
        return Sizes.setting(FileModelStore.PID, key, value);
    }
}
