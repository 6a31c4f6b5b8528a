package dev.paddock.api.engine;

import java.util.List;

/** What a generation gives. */
public sealed interface Chunk {
    /**
     * More text.
     *
     * @param text whole characters only; may be empty while a character or a possible stop text is incomplete
     * @param tokens the tokens it came from
     * @param logprobs one for each token when asked for, else empty
     */
    record Text(String text, int[] tokens, List<Logprob> logprobs) implements Chunk {
        public Text {
            logprobs = List.copyOf(logprobs);
        }

        /** Without probabilities. */
        public Text(String text, int[] tokens) {
            this(text, tokens, List.of());
        }
    }

    /**
     * The end.
     *
     * @param reason why
     * @param stop the stop text that came; empty when none did
     * @param tally what it took
     */
    record End(StopReason reason, String stop, Tally tally) implements Chunk {
        /** The same with another account. */
        public End with(Tally other) {
            return new End(reason, stop, other);
        }
    }
}
