package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.inference.ChatEvent;
import java.util.List;
import java.util.Optional;

/**
 * An answer that is not streamed.
 *
 * @param content the text, and what was to be a call and came to nothing in the middle of the answer; empty when there
 *     is none
 * @param thinking the reasoning; empty when there is none
 * @param calls the calls that the model wants made, in its order
 * @param cut the call in which the limit ended the answer; its text is not in the content
 * @param logprobs how likely its tokens were, when asked for
 * @param end why it ended and what it cost
 */
public record WholeAnswer(
        String content,
        String thinking,
        List<WholeCall> calls,
        Optional<BrokenCall> cut,
        List<Logprob> logprobs,
        ChatEvent.Done end) {
    public WholeAnswer {
        calls = List.copyOf(calls);
        logprobs = List.copyOf(logprobs);
    }
}
