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
     * @param tally what it took
     */
    record End(StopReason reason, Tally tally) implements Chunk {}
}
