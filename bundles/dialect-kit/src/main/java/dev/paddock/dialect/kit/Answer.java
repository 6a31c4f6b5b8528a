package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.web.Exchange;
import java.util.List;

/** A running answer that ends when its client goes away or its dialect stops. One thread. */
public final class Answer implements AutoCloseable {
    private final Ticket ticket;
    private final EventStream events;
    private final Exchange.Watch watch;

    Answer(Ticket ticket, EventStream events, Exchange.Watch watch) {
        this.ticket = ticket;
        this.events = events;
        this.watch = watch;
    }

    /** False after the last event was given. */
    public boolean hasNext() {
        return events.hasNext();
    }

    /**
     * The next event; blocks.
     *
     * @throws PaddockException when the answer fails or was stopped
     */
    public ChatEvent next() {
        try {
            return events.next();
        } catch (PaddockException e) {
            throw ticket.cause().orElse(e);
        }
    }

    /**
     * All that is left of it, as one; blocks until the end.
     *
     * @throws PaddockException when the answer fails or was stopped
     */
    public WholeAnswer whole() {
        var gathering = new Gathering();
        while (true) {
            switch (next()) {
                case ChatEvent.Delta(OutputPiece piece) -> gathering.add(piece);
                case ChatEvent.Likely(var logprobs) -> gathering.add(logprobs);
                case ChatEvent.Done done -> {
                    return gathering.end(done);
                }
            }
        }
    }

    /** What of the request could not be followed to the letter, each in one sentence. */
    public List<String> notes() {
        return events.notes();
    }

    /** Tokens of the prompt, those that did not need to be computed included. */
    public int promptTokens() {
        return events.promptTokens();
    }

    /** Prompt tokens that did not need to be computed; 0 until the first event has come. */
    public int cachedTokens() {
        return events.cachedTokens().orElse(0);
    }

    /** Tokens that prompt and answer share. */
    public int window() {
        return events.serving().window();
    }

    /** The model that answers, by its full display name. */
    public String model() {
        return events.model();
    }

    @Override
    public void close() {
        events.close();
        watch.close();
    }
}
