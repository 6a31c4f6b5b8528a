package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.web.Exchange;
import java.util.ArrayList;
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
        StringBuilder content = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        List<Logprob> logprobs = new ArrayList<>();
        while (true) {
            switch (next()) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> content.append(text);
                case ChatEvent.Delta(OutputPiece.Thinking(String text)) -> thinking.append(text);
                case ChatEvent.Delta(OutputPiece.Call call) -> calls.add(call.call());
                case ChatEvent.Delta(OutputPiece.CallBroken broken) -> content.append(broken.text());
                case ChatEvent.Delta(OutputPiece.CallBegun begun) -> {}
                case ChatEvent.Delta(OutputPiece.CallArguments more) -> {}
                case ChatEvent.Likely likely -> logprobs.addAll(likely.logprobs());
                case ChatEvent.Done done -> {
                    return new WholeAnswer(content.toString(), thinking.toString(), calls, logprobs, done);
                }
            }
        }
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
