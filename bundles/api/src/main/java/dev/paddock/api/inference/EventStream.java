package dev.paddock.api.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/**
 * A running answer. {@link #next()} blocks until there is an event; it is called by one thread. Closing, from any
 * thread, cancels what still runs: a {@code next()} that waits then throws {@link Fault#CANCELLED}.
 */
public interface EventStream extends Iterator<ChatEvent>, AutoCloseable {
    /** False after {@link ChatEvent.Done} was given. */
    @Override
    boolean hasNext();

    /**
     * The next event.
     *
     * @throws PaddockException when the answer fails; nothing comes after it
     * @throws NoSuchElementException after the end
     */
    @Override
    ChatEvent next();

    /** The model that answers, by its full display name. */
    String model();

    /** Oldest messages that were left out because the conversation did not fit, as the request allowed. */
    default int droppedMessages() {
        return 0;
    }

    /** What of the request could not be followed to the letter and was allowed not to be, each in one sentence. */
    default List<String> notes() {
        return List.of();
    }

    /** What answers it. */
    Serving serving();

    /** Tokens of the prompt, those that did not need to be computed included. */
    int promptTokens();

    /** Prompt tokens that did not need to be computed; empty until the first event has come. */
    OptionalInt cachedTokens();

    @Override
    void close();
}
