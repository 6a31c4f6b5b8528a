package dev.paddock.api.prompt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a chat template is given.
 *
 * @param messages the conversation, oldest first
 * @param tools tools on offer; may be empty
 * @param think whether reasoning is asked for
 * @param bosToken text of the model's begin-of-sequence token, or empty
 * @param eosToken text of the model's end-of-sequence token, or empty
 * @param suffix what stands behind the gap that the model shall fill, the last message being what stands before it;
 *     empty when nothing is to be filled in
 * @param variables more of them by name, as the request gave them; JSON values as plain Java objects
 */
public record PromptInput(
        List<Message> messages,
        List<Tool> tools,
        Think think,
        String bosToken,
        String eosToken,
        String suffix,
        Map<String, Object> variables) {
    public PromptInput {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** A conversation to be continued. */
    public PromptInput(List<Message> messages, List<Tool> tools, Think think, String bosToken, String eosToken) {
        this(messages, tools, think, bosToken, eosToken, "", Map.of());
    }

    /** What the assistant has begun to say, when it spoke last: the answer goes on with it. Calls are not gone on with. */
    public Optional<Message> begun() {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.getLast()).filter(PromptInput::isBegun);
    }

    private static boolean isBegun(Message last) {
        boolean said = !last.content().isEmpty() || !last.thinking().isEmpty();
        return last.role() == Role.ASSISTANT && last.toolCalls().isEmpty() && said;
    }

    /** The same with other messages and tools. */
    public PromptInput with(List<Message> otherMessages, List<Tool> otherTools) {
        return new PromptInput(otherMessages, otherTools, think, bosToken, eosToken, suffix, variables);
    }
}
