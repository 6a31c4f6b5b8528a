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
 */
public record Sandbox(Supplier<LocalDateTime> clock, boolean lenient, LongSupplier ticker, Duration time) {
    /** Far more than a conversation of a million tokens takes. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    /** As Hugging Face runs chat templates. */
    public static Sandbox strict(Supplier<LocalDateTime> clock) {
        return new Sandbox(clock, false, System::nanoTime, MOST_TIME);
    }

    /** For templates that the strict sandbox refuses; others render the same in both. */
    public static Sandbox lenient(Supplier<LocalDateTime> clock) {
        return new Sandbox(clock, true, System::nanoTime, MOST_TIME);
    }
}
