package dev.paddock.api.scheduler;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How long an idle model stays loaded.
 *
 * @param idle time after its last request; zero = unload at once; negative = never
 */
public record KeepAlive(Duration idle) {
    public static final KeepAlive FOREVER = new KeepAlive(Duration.ofNanos(-1));

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("([+-]?)((?:" + PART.pattern() + ")+|0)");
    private static final double MAX_SECONDS = Duration.ofDays(36_500).toSeconds();

    /**
     * Reads a duration as Go writes it: {@code 5m}, {@code 1h30m}, {@code 300ms}, {@code -1s}, {@code 0}.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for anything else, a bare number too
     */
    public static KeepAlive parse(String text) {
        var whole = WHOLE.matcher(text.strip());
        if (!whole.matches()) {
            boolean bare = text.strip().matches("[+-]?[0-9.]+");
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    (bare ? "time: missing unit in duration \"" : "time: invalid duration \"") + text + "\"");
        }
        double seconds = 0;
        var part = PART.matcher(whole.group(2));
        while (part.find()) seconds += Double.parseDouble(part.group(1)) * unit(part.group(2));
        return ofSeconds(whole.group(1).equals("-") ? -seconds : seconds);
    }

    /** So many seconds; negative = never unload. */
    public static KeepAlive ofSeconds(double seconds) {
        if (seconds < 0) return FOREVER;
        return new KeepAlive(Duration.ofNanos((long) (Math.min(seconds, MAX_SECONDS) * 1e9)));
    }

    /** Whether the model is never unloaded for being idle. */
    public boolean forever() {
        return idle.isNegative();
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ns" -> 1e-9;
            case "us", "µs", "μs" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
    }
}
