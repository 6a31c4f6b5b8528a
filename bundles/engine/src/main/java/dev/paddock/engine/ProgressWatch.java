package dev.paddock.engine;

import dev.paddock.api.engine.RunnerStatus;

/** Tells a runner that computes slowly from one that hangs. One thread uses it. */
final class ProgressWatch {
    private long tokens = -1;
    private long since;

    /**
     * A heartbeat came.
     *
     * @param now nanoseconds of a clock that never goes back
     * @return nanoseconds for which no token was computed although there was something to compute
     */
    long stalled(RunnerStatus status, long now) {
        long all = status.promptTokens() + status.generatedTokens();
        if (status.running() == 0 || all != tokens) {
            tokens = all;
            since = now;
        }
        return now - since;
    }
}
