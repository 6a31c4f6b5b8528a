package dev.paddock.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Sizes, spans of time and points in time, as Ollama writes them. */
public final class Figures {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final Duration FOR_EVER = Duration.ofDays(365 * 20);

    private Figures() {}

    /** Bytes in decimal units, three figures at most: {@code 999 B}, {@code 1.2 KB}, {@code 12 MB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        boolean whole = unit == 0 || value >= 10;
        return String.format(
                Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", whole ? Math.floor(value) : value, UNITS[unit]);
    }

    /** A number of parameters: {@code 134.52M}, {@code 8.0B}. */
    public static String count(long number) {
        if (number >= 1_000_000_000) return String.format(Locale.ROOT, "%.1fB", number / 1e9);
        if (number >= 1_000_000) return String.format(Locale.ROOT, "%.2fM", number / 1e6);
        return number >= 1000 ? String.format(Locale.ROOT, "%.0fK", number / 1e3) : Long.toString(number);
    }

    /** How long something lasted: {@code 12.3ms}, {@code 1.5s}, {@code 2m3s}. */
    public static String span(Duration span) {
        if (span.compareTo(Duration.ofSeconds(1)) < 0) {
            return String.format(Locale.ROOT, "%.1fms", span.toNanos() / 1e6);
        }
        if (span.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.2fs", span.toNanos() / 1e9);
        }
        return span.toMinutes() + "m" + span.toSecondsPart() + "s";
    }

    /** {@code 3 weeks ago}; {@code Never} for a time before 1970. */
    public static String ago(Instant then, Instant now) {
        return then.getEpochSecond() <= 0 ? "Never" : about(Duration.between(then, now)) + " ago";
    }

    /** {@code 4 minutes from now}, {@code Forever}, {@code Stopping...} when it is past. */
    public static String until(Instant then, Instant now) {
        if (then.getEpochSecond() <= 0) return "Never";
        Duration left = Duration.between(now, then);
        if (left.isNegative()) return "Stopping...";
        return left.compareTo(FOR_EVER) > 0 ? "Forever" : about(left) + " from now";
    }

    private static String about(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 1) return "Less than a second";
        if (seconds == 1) return "1 second";
        if (seconds < 60) return seconds + " seconds";
        long minutes = span.toMinutes();
        if (minutes == 1) return "About a minute";
        if (minutes < 60) return minutes + " minutes";
        long hours = Math.round(seconds / 3600.0);
        if (hours == 1) return "About an hour";
        if (hours < 48) return hours + " hours";
        long days = span.toDays();
        if (days < 14) return days + " days";
        if (days < 60) return days / 7 + " weeks";
        if (days < 730) return days / 30 + " months";
        return days / 365 + " years";
    }
}
