package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.adapt.CallForm.NoContent;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages as the values of a template's variable {@code messages}.
 *
 * @param traits what the template can take
 */
record MessageVariables(TemplateTraits traits) {
    static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    Map<String, Object> of(Message message) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("role", role(message.role()));
        variables.put("content", content(message));
        if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
            noContent(variables, form().noContent());
        }
        if (!message.thinking().isEmpty() && !traits.thoughts().parts()) {
            variables.put("reasoning_content", message.thinking());
            variables.put("thinking", message.thinking());
        }
        if (!message.toolCalls().isEmpty()) variables.put("tool_calls", calls(message.toolCalls()));
        if (message.role() == Role.TOOL) {
            if (!message.toolName().isEmpty()) variables.put("name", message.toolName());
            if (!message.toolCallId().isEmpty()) variables.put("tool_call_id", message.toolCallId());
        }
        return variables;
    }

    /** Without calls in a form of their own there are none left. */
    private CallForm form() {
        return traits.calls().orElse(CallForm.USUAL);
    }

    private Object content(Message message) {
        boolean thought = traits.thoughts().parts() && !message.thinking().isEmpty();
        if (!thought && !traits.typed().contains(message.role())) return message.content();
        List<Object> parts = new ArrayList<>();
        if (thought) parts.add(Map.of("type", "thinking", "thinking", message.thinking()));
        if (!message.content().isEmpty()) parts.add(Map.of("type", "text", "text", message.content()));
        return parts;
    }

    /** Puts into a message what stands for content that is not there. */
    static void noContent(Map<String, Object> message, NoContent how) {
        switch (how) {
            case EMPTY -> {}
            case NULL -> message.put("content", null);
            case ABSENT -> message.remove("content");
        }
    }

    private List<Object> calls(List<ToolCall> calls) {
        List<Object> all = new ArrayList<>();
        for (var call : calls) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("name", call.name());
            function.put("arguments", form().textArguments() ? JsonText.of(call.arguments()) : call.arguments());
            Map<String, Object> variables = new LinkedHashMap<>();
            if (!call.id().isEmpty()) variables.put("id", call.id());
            variables.put("type", "function");
            variables.put("function", function);
            all.add(variables);
        }
        return all;
    }
}
