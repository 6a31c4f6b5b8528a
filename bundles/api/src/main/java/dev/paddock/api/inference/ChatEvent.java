package dev.paddock.api.inference;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;

/** One event of an answer's stream: any number of deltas, then exactly one {@link Done}. */
public sealed interface ChatEvent {
    /** More of the answer. */
    record Delta(OutputPiece piece) implements ChatEvent {}

    /** How likely the tokens were that were generated since the last such event; only when asked for. */
    record Likely(List<Logprob> logprobs) implements ChatEvent {
        public Likely {
            logprobs = List.copyOf(logprobs);
        }
    }

    /**
     * The answer is complete.
     *
     * @param reason why it ended
     * @param stop the stop text that came; empty when none did
     * @param usage what it cost
     * @param tokens the rendered prompt and the answer as token ids, for APIs that hand them back as context
     */
    record Done(StopReason reason, String stop, Usage usage, List<Integer> tokens) implements ChatEvent {}
}
