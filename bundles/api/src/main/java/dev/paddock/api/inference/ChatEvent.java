package dev.paddock.api.inference;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;

/** One event of an answer's stream: any number of deltas, then exactly one {@link Done}. */
public sealed interface ChatEvent {
    /** More of the answer. */
    record Delta(OutputPiece piece) implements ChatEvent {}

    /**
     * The answer is complete.
     *
     * @param reason why it ended
     * @param usage what it cost
     * @param tokens the rendered prompt and the answer as token ids, for APIs that hand them back as context
     */
    record Done(StopReason reason, Usage usage, List<Integer> tokens) implements ChatEvent {}
}
