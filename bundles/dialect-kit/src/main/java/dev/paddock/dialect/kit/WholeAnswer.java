package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;

/**
 * An answer that is not streamed.
 *
 * @param content the text; empty when there is none
 * @param thinking the reasoning; empty when there is none
 * @param calls the calls that the model wants made, in its order
 * @param logprobs how likely its tokens were, when asked for
 * @param end why it ended and what it cost
 */
public record WholeAnswer(
        String content, String thinking, List<ToolCall> calls, List<Logprob> logprobs, ChatEvent.Done end) {
    public WholeAnswer {
        calls = List.copyOf(calls);
        logprobs = List.copyOf(logprobs);
    }
}
