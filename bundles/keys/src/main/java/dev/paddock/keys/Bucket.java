package dev.paddock.keys;

import java.time.Duration;

/** So much a minute: as much at once, and filled again steadily. May be overdrawn, for what is known only afterwards. */
final class Bucket {
    private static final double MINUTE = Duration.ofMinutes(1).toNanos();

    private final double size;
    private double level;
    private long at;

    /** @param now in nanoseconds, as all others */
    Bucket(double size, long now) {
        this.size = size;
        this.level = size;
        this.at = now;
    }

    /** How long until so much is in it; zero when it is. */
    Duration until(double wanted, long now) {
        fill(now);
        double missing = Math.min(wanted, size) - level;
        return missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / size * MINUTE));
    }

    void take(double amount, long now) {
        fill(now);
        level -= amount;
    }

    private void fill(long now) {
        level = Math.min(size, level + (now - at) / MINUTE * size);
        at = now;
    }
}
