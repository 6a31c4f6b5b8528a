package dev.paddock.prompt.jinja;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a template runs in.
 *
 * @param clock what {@code strftime_now} sees
 * @param lenient allows more than Hugging Face's sandbox, for templates that need it: lists and dicts that the template
 *     made itself can be changed, {@code tojson} takes generators and writes null for what is undefined, and there is
 *     {@code from_json}; what the template was given never changes
 * @param ticker nanoseconds of a clock that only goes forward; says how long the template has run
 * @param time how long it may run
 * @param work how much it may do: rounds of loops, calls, comparisons, and 64 characters or 8 items each count one
 */
public record Sandbox(Supplier<LocalDateTime> clock, boolean lenient, LongSupplier ticker, Duration time, long work) {
    /** Far more than a conversation of a million tokens takes. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final long MOST_WORK = 5_000_000;

    /** As Hugging Face runs chat templates. */
    public static Sandbox strict(Supplier<LocalDateTime> clock) {
        return new Sandbox(clock, false, System::nanoTime, MOST_TIME, MOST_WORK);
    }

    /** For templates that the strict sandbox refuses; others render the same in both. */
    public static Sandbox lenient(Supplier<LocalDateTime> clock) {
        return new Sandbox(clock, true, System::nanoTime, MOST_TIME, MOST_WORK);
    }

    /** The same with other limits. */
    public Sandbox within(Duration otherTime, long otherWork) {
        return new Sandbox(clock, lenient, ticker, otherTime, otherWork);
    }
}
