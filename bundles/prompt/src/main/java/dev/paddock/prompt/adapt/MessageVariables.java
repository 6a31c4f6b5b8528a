package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
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
    Map<String, Object> of(Message message) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("role", message.role().name().toLowerCase(Locale.ROOT));
        variables.put("content", content(message));
        if (message.content().isEmpty() && !message.toolCalls().isEmpty()) noContent(variables);
        if (!message.thinking().isEmpty()) {
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
        if (!traits.typed().contains(message.role())) return message.content();
        return message.content().isEmpty() ? List.of() : List.of(Map.of("type", "text", "text", message.content()));
    }

    private void noContent(Map<String, Object> message) {
        switch (form().noContent()) {
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
            function.put("arguments", form().textArguments() ? JsonText.spaced(call.arguments()) : call.arguments());
            Map<String, Object> variables = new LinkedHashMap<>();
            if (!call.id().isEmpty()) variables.put("id", call.id());
            variables.put("type", "function");
            variables.put("function", function);
            all.add(variables);
        }
        return all;
    }
}
