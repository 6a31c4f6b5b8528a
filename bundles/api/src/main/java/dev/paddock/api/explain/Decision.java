package dev.paddock.api.explain;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One decision.
 *
 * @param at when it was taken
 * @param kind what was decided
 * @param request the request it concerns, as {@code X-Request-Id} names it; empty = none
 * @param model display name of the model it concerns; empty = none
 * @param text what was decided and why, in one sentence
 * @param numbers what it was decided by, in the order they are told: strings, numbers and booleans
 */
public record Decision(Instant at, Kind kind, String request, String model, String text, Map<String, Object> numbers) {
    /** What can be decided. */
    public enum Kind {
        /** A request waits, and behind whom. */
        QUEUED,
        /** A waiting request got its model. */
        GRANTED,
        /** A request was turned away. */
        REFUSED,
        /** A model gets these devices, layers, window. */
        PLACED,
        /** A model is in memory; what it was measured to take. */
        LOADED,
        /** A smaller plan after memory ran out. */
        SHRUNK,
        /** A model goes. */
        EVICTED,
        /** A model goes on in another runner. */
        MOVED,
        /** A model stays where it is though it could move. */
        KEPT,
        /** A runner died, and another one goes on with its answers. */
        RESTARTED,
        /** A backend came, went or was refused. */
        BACKEND,
        /** A conversation was put differently, or its prompt was made otherwise than the model's template does. */
        PROMPT
    }

    public Decision {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
