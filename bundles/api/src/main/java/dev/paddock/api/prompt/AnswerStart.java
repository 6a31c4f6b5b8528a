package dev.paddock.api.prompt;

import java.util.List;
import java.util.Optional;

/**
 * What is known of an answer before its first character.
 *
 * @param signs the model's
 * @param prompt the rendered prompt: an answer may begin inside a block that the prompt opened
 * @param tools on offer; calls are only looked for when there are any
 * @param thoughts whether rules of the answer leave room for thoughts that the prompt has not opened; how answers are
 *     read does not depend on it
 * @param begun what of the answer stands at the end of the prompt, when the model goes on with it; a message without
 *     content is a thought
 */
public record AnswerStart(
        ModelSigns signs, String prompt, List<Tool> tools, boolean thoughts, Optional<Message> begun) {
    public AnswerStart {
        tools = List.copyOf(tools);
    }

    /** Thoughts may come. */
    public AnswerStart(ModelSigns signs, String prompt, List<Tool> tools) {
        this(signs, prompt, tools, true);
    }

    /** Nothing is begun. */
    public AnswerStart(ModelSigns signs, String prompt, List<Tool> tools, boolean thoughts) {
        this(signs, prompt, tools, thoughts, Optional.empty());
    }
}
