package dev.paddock.api.scheduler;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Durations;
import java.time.Duration;

/**
 * How long an idle model stays loaded.
 *
 * @param idle time after its last request; zero = unload at once; negative = never
 */
public record KeepAlive(Duration idle) {
    /** Never unloaded for being idle. */
    public static final KeepAlive FOREVER = new KeepAlive(Duration.ofNanos(-1));

    /**
     * Reads a {@linkplain Durations#parse duration}; negative = never unload.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is none
     */
    public static KeepAlive parse(String text) {
        return of(Durations.parse(text));
    }

    /** So many seconds; negative = never unload. */
    public static KeepAlive ofSeconds(double seconds) {
        return of(Durations.ofSeconds(seconds));
    }

    private static KeepAlive of(Duration idle) {
        return idle.isNegative() ? FOREVER : new KeepAlive(idle);
    }

    /** Whether the model is never unloaded for being idle. */
    public boolean forever() {
        return idle.isNegative();
    }
}
