package dev.paddock.api.observe;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One request on its way: first {@link #granted}, then {@link #prompted}, then {@link #generated} again and again, and at
 * the end, whatever came before it, exactly one of {@link #done} and {@link #failed}, from any thread.
 */
@ConsumerType
public interface Watch {
    /** It has its model; what it waited for is told. */
    default void granted(Serving serving) {}

    /** Its prompt is made and goes to the runner, so many tokens. */
    default void prompted(int tokens) {}

    /** More of the answer has come. This is called for every token: it has a microsecond at most. */
    default void generated(int tokens) {}

    /** It was answered in full. Vectors and scores have a prompt and no answer; loading and counting have neither. */
    default void done(Tally tally) {}

    /** It failed, was refused, or was given up by its client ({@link Fault#CANCELLED}). */
    default void failed(Fault fault) {}
}
