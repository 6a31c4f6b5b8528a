package dev.paddock.api.inference;

import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.List;
import java.util.Optional;

/**
 * A conversation to be continued.
 *
 * @param model name as the client wrote it
 * @param messages the conversation, oldest first; at least one
 * @param tools tools on offer
 * @param think whether reasoning is asked for
 * @param form what the answer shall look like
 * @param options over the model's own
 * @param keepAlive how long the model stays loaded afterwards; empty = unchanged or the default
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        Think think,
        AnswerForm form,
        Options options,
        Optional<KeepAlive> keepAlive) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
