package dev.paddock.transfer.net;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before another try: 1, 2, 4, 8, 16, 32 seconds, each times a chance number from 0.5 to 1.5 so that many
 * clients do not come back together; or as long as the server asks, within reason.
 *
 * @param random from 0 to 1
 * @param clock for servers that name a time of day
 */
public record Backoff(DoubleSupplier random, InstantSource clock) {
    /** Nobody waits longer for a server that asks for it. */
    public static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofSeconds(32);
    private static final int MAX_SHIFT = 5;

    /**
     * The time before the next try.
     *
     * @param failures tries that failed so far, at least 1
     * @param retryAfter what the server said in {@code Retry-After}
     */
    public Duration after(int failures, Optional<String> retryAfter) {
        Duration own = Duration.ofSeconds(1L << Math.clamp(failures - 1, 0, MAX_SHIFT));
        if (own.compareTo(LONGEST) > 0) own = LONGEST;
        long millis = (long) (own.toMillis() * (0.5 + random.getAsDouble()));
        Duration asked = retryAfter.flatMap(this::asked).orElse(Duration.ZERO);
        return asked.compareTo(Duration.ofMillis(millis)) > 0 ? asked : Duration.ofMillis(millis);
    }

    private Optional<Duration> asked(String text) {
        String said = text.strip();
        Duration time;
        if (said.matches("[0-9]{1,9}")) {
            time = Duration.ofSeconds(Long.parseLong(said));
        } else {
            try {
                var when = DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from);
                time = Duration.between(clock.instant(), when);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        if (time.isNegative()) return Optional.empty();
        return Optional.of(time.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : time);
    }
}
