package dev.paddock.api.prompt;

import java.util.List;

/**
 * What is known of an answer before its first character.
 *
 * @param signs the model's
 * @param prompt the rendered prompt: an answer may begin inside a block that the prompt opened
 * @param tools on offer; calls are only looked for when there are any
 */
public record AnswerStart(ModelSigns signs, String prompt, List<Tool> tools) {
    public AnswerStart {
        tools = List.copyOf(tools);
    }
}
