package dev.paddock.api.inference;

import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation to be continued.
 *
 * @param model name as the client wrote it
 * @param messages the conversation, oldest first; at least one
 * @param tools tools on offer
 * @param toolChoice whether and which of them may or must be called
 * @param think whether reasoning is asked for
 * @param variables for the chat template, over what it is always given; JSON values as plain Java objects
 * @param form what the answer shall look like
 * @param options over the model's own
 * @param keepAlive how long the model stays loaded afterwards; empty = unchanged or the default
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        ToolChoice toolChoice,
        Think think,
        Map<String, Object> variables,
        AnswerForm form,
        Options options,
        Optional<KeepAlive> keepAlive) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** A conversation in which the model may call the tools as it likes. */
    public ChatRequest(
            String model,
            List<Message> messages,
            List<Tool> tools,
            Think think,
            AnswerForm form,
            Options options,
            Optional<KeepAlive> keepAlive) {
        this(model, messages, tools, ToolChoice.AUTO, think, Map.of(), form, options, keepAlive);
    }
}
