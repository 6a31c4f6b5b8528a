package dev.paddock.scheduler;

import java.util.OptionalLong;

/** When the memory is looked at again while somebody waits for some: every two seconds, one look at a time. */
final class Looks {
    private static final long PAUSE = 2_000_000_000L;

    private boolean wanted;
    private boolean underWay;
    private boolean looked;
    private long lookedAt;

    /** Nobody waits for memory, as far as is known. */
    void begin() {
        wanted = false;
    }

    /** Somebody waits for memory. */
    void want() {
        wanted = true;
    }

    /** Whether a look is to be begun now; the answer yes begins it. */
    boolean due(long now) {
        if (!wanted || underWay) return false;
        if (!looked) {
            // Its plan has just told what is free.
            looked = true;
            lookedAt = now;
        }
        underWay = now - lookedAt >= PAUSE;
        return underWay;
    }

    /** It was looked. */
    void done(long now) {
        underWay = false;
        looked = true;
        lookedAt = now;
    }

    /** When the next one is due by time alone. */
    OptionalLong deadline() {
        return wanted && !underWay ? OptionalLong.of(lookedAt + PAUSE) : OptionalLong.empty();
    }
}
