package dev.paddock.engine;

import dev.paddock.api.settings.Durations;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The engine's settings, checked; one immutable snapshot.
 *
 * @param heap most Java heap of a runner, as the JVM's -Xmx reads it; the model lies outside of it
 * @param start how long a new runner may take until it reports
 * @param load how long loading may go on without a sign of progress
 * @param silence how long a ready runner may be silent before it counts as hung
 * @param stop how long a runner may take to end before it is killed
 */
record EngineSettings(String heap, Duration start, Duration load, Duration silence, Duration stop) {
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,5}[kKmMgG]");

    EngineSettings {
        if (!HEAP.matcher(heap).matches()) {
            throw new IllegalArgumentException(
                    ProcessEngine.PID + ": runner.heap is " + heap + "; write a size like 64m");
        }
    }

    static EngineSettings of(ProcessEngine.Config config) {
        return new EngineSettings(
                config.runner_heap(),
                time("start.timeout", config.start_timeout()),
                time("load.timeout", config.load_timeout()),
                time("heartbeat.timeout", config.heartbeat_timeout()),
                time("stop.timeout", config.stop_timeout()));
    }

    private static Duration time(String key, String value) {
        return Durations.setting(ProcessEngine.PID, key, value);
    }
}
