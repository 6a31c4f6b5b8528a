package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that chat templates know, by the names their authors use. What is empty is left undefined. */
final class Variables {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter US_DATE = DateTimeFormatter.ofPattern("MMM dd yyyy", Locale.ENGLISH);

    private Variables() {}

    static Map<String, Object> of(PromptInput input, LocalDateTime now) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(
                "messages", input.messages().stream().map(Variables::message).toList());
        if (!input.tools().isEmpty()) {
            variables.put("tools", input.tools().stream().map(Tool::definition).toList());
        }
        variables.put("add_generation_prompt", true);
        variables.put("bos_token", input.bosToken());
        variables.put("eos_token", input.eosToken());
        variables.put("date_string", DATE.format(now));
        variables.put("datetime", US_DATE.format(now));
        think(input.think(), variables);
        return variables;
    }

    private static void think(Think think, Map<String, Object> variables) {
        if (think == Think.UNSET) return;
        variables.put("enable_thinking", think.wanted());
        if (think.wanted() && think != Think.ON) {
            variables.put("reasoning_effort", think.name().toLowerCase(Locale.ROOT));
        }
    }

    private static Map<String, Object> message(Message message) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("role", message.role().name().toLowerCase(Locale.ROOT));
        variables.put("content", message.content());
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

    private static List<Object> calls(List<ToolCall> calls) {
        List<Object> all = new ArrayList<>();
        for (var call : calls) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("name", call.name());
            function.put("arguments", call.arguments());
            Map<String, Object> variables = new LinkedHashMap<>();
            if (!call.id().isEmpty()) variables.put("id", call.id());
            variables.put("type", "function");
            variables.put("function", function);
            all.add(variables);
        }
        return all;
    }
}
