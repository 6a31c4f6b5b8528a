package dev.paddock.api.settings;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as settings and clients write them, which is Go's way: {@code 5m}, {@code 1h30m}, {@code 200ms}. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("([+-]?)((?:" + PART.pattern() + ")+|0)");
    private static final double MAX_SECONDS = Duration.ofDays(36_500).toSeconds();

    private Durations() {}

    /**
     * Reads a duration: {@code 5m}, {@code 1h30m}, {@code 300ms}, {@code -1s}, {@code 0}; beyond 100 years it is 100
     * years.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for anything else, a bare number too
     */
    public static Duration parse(String text) {
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

    /** So many seconds, at most 100 years in either direction. */
    public static Duration ofSeconds(double seconds) {
        return Duration.ofNanos((long) (Math.clamp(seconds, -MAX_SECONDS, MAX_SECONDS) * 1e9));
    }

    /**
     * The value of a setting that is a length of time.
     *
     * @throws IllegalArgumentException naming the setting when the value is no duration or negative
     */
    public static Duration setting(String pid, String key, String value) {
        Duration time;
        try {
            time = parse(value);
        } catch (PaddockException e) {
            throw new IllegalArgumentException(pid + ": " + key + " is " + value + "; write a duration like 10s", e);
        }
        if (!time.isNegative()) return time;
        throw new IllegalArgumentException(pid + ": " + key + " is " + value + "; it must not be negative");
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
