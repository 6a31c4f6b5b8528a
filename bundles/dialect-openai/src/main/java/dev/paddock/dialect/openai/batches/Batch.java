package dev.paddock.dialect.openai.batches;

import dev.paddock.api.security.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A batch as it stands.
 *
 * @param order what was asked for
 * @param status where it stands
 * @param reached when it came to each status
 * @param counts how its requests stand
 * @param output the file of results; empty until there is one
 * @param failures the file of requests that failed; empty until there is one
 * @param errors why it failed as a whole
 */
record Batch(
        Order order,
        Status status,
        Map<Status, Instant> reached,
        Counts counts,
        Optional<String> output,
        Optional<String> failures,
        List<InputError> errors) {
    /** Where a batch stands; the names are OpenAI's. */
    enum Status {
        VALIDATING,
        FAILED,
        IN_PROGRESS,
        FINALIZING,
        COMPLETED,
        EXPIRED,
        CANCELLING,
        CANCELLED;

        /** Whether nothing more happens to it. */
        boolean over() {
            return this == FAILED || this == COMPLETED || this == EXPIRED || this == CANCELLED;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What was asked for.
     *
     * @param id begins with {@code batch_}
     * @param owner who asked
     * @param endpoint the path that answers each request
     * @param input the file of requests
     * @param window how long it may take, as it was written
     * @param created when it was asked for
     * @param metadata of the client
     */
    record Order(
            String id,
            Identity owner,
            String endpoint,
            String input,
            Window window,
            Instant created,
            Map<String, Object> metadata) {
        Instant expires() {
            return created.plus(window.length());
        }
    }

    /** A length of time, and how the client wrote it. */
    record Window(String text, Duration length) {}

    /** How requests stand; those not yet answered are the rest. */
    record Counts(int total, int completed, int failed) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    /**
     * What is wrong with the input.
     *
     * @param code for programs
     * @param line from 1; 0 when it is no matter of a line
     */
    record InputError(String code, String message, int line) {}

    Batch {
        Map<Status, Instant> copy = new EnumMap<>(Status.class);
        copy.putAll(reached);
        reached = Collections.unmodifiableMap(copy);
        errors = List.copyOf(errors);
    }

    /** A batch that has just been asked for. */
    static Batch of(Order order) {
        return new Batch(
                order, Status.VALIDATING, Map.of(), Counts.NONE, Optional.empty(), Optional.empty(), List.of());
    }

    String id() {
        return order.id();
    }

    Batch at(Status next, Instant when) {
        Map<Status, Instant> more = new EnumMap<>(Status.class);
        more.putAll(reached);
        more.put(next, when);
        return new Batch(order, next, more, counts, output, failures, errors);
    }

    Batch with(Counts now) {
        return new Batch(order, status, reached, now, output, failures, errors);
    }

    Batch with(List<InputError> found) {
        return new Batch(order, status, reached, counts, output, failures, found);
    }

    Batch with(Optional<String> results, Optional<String> failed) {
        return new Batch(order, status, reached, counts, results, failed, errors);
    }
}
