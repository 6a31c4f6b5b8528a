package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Conversations with tools for templates that have no place for any: what is on offer stands in the system message (in
 * the first of the user's where a template knows no system), earlier calls in the assistant's texts, results in texts of
 * the user. {@link PlainFormat} reads what models then write.
 */
public final class ToolsAsText {
    private static final String OFFER = """
            You can call these tools, one in each line, described in JSON:
            %s

            To call a tool, answer with nothing but this, once for each call:
            <tool_call>
            {"name": "the tool's name", "arguments": {"name": "value"}}
            </tool_call>
            The results come in the next message. Where no tool is of use, answer in your own words.""";

    private ToolsAsText() {}

    /** The input without tools, and with all that was said of them as text; the same where nothing was. */
    static PromptInput of(ChatTemplate template, PromptInput input) {
        boolean spoken = input.messages().stream()
                .anyMatch(message ->
                        message.role() == Role.TOOL || !message.toolCalls().isEmpty());
        if (input.tools().isEmpty() && !spoken) return input;
        var messages = turns(input.messages(), true);
        if (input.tools().isEmpty()) return input.with(messages, List.of());
        String offer = OFFER.formatted(lines(input.tools()));
        return input.with(offered(messages, offer, knowsSystem(template)), List.of());
    }

    private static String lines(List<Tool> tools) {
        return tools.stream().map(tool -> JsonText.of(function(tool))).collect(Collectors.joining("\n"));
    }

    /** What describes a tool, without what only says that it is one. */
    static Object function(Tool tool) {
        return tool.definition().getOrDefault("function", tool.definition());
    }

    private static List<Message> offered(List<Message> messages, String offer, boolean asSystem) {
        return asSystem
                ? withFirst(messages, Role.SYSTEM, content -> joined(content, offer))
                : withFirst(messages, Role.USER, content -> joined(offer, content));
    }

    /** The messages with the first of a role changed; it is added where there is none. */
    static List<Message> withFirst(List<Message> messages, Role role, UnaryOperator<String> change) {
        List<Message> all = new ArrayList<>(messages);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).role() != role) continue;
            all.set(i, new Message(role, change.apply(all.get(i).content())));
            return all;
        }
        all.addFirst(new Message(role, change.apply("")));
        return all;
    }

    private static String joined(String first, String second) {
        return first.isBlank() ? second : second.isBlank() ? first : first + "\n\n" + second;
    }

    /** Templates that do not name the role lose what is said in it, and some refuse it. */
    private static boolean knowsSystem(ChatTemplate template) {
        String text = template.text().toLowerCase(Locale.ROOT);
        return text.contains("system")
                && !text.contains("system role not supported")
                && !text.contains("system role is not supported");
    }

    /**
     * The conversation with all calls as text.
     *
     * @param results whether results become texts of the user too
     */
    public static List<Message> turns(List<Message> messages, boolean results) {
        Map<String, String> names = new LinkedHashMap<>();
        List<Message> turns = new ArrayList<>();
        boolean afterResult = false;
        for (Message message : messages) {
            message.toolCalls().forEach(call -> names.put(call.id(), call.name()));
            boolean result = results && message.role() == Role.TOOL;
            Message turn = result ? new Message(Role.USER, result(message, names)) : withCalls(message);
            boolean same = turn.role() == Role.USER
                    && !turns.isEmpty()
                    && turns.getLast().role() == Role.USER;
            // Many templates want the roles to take turns.
            if (same && (result || afterResult)) {
                turns.set(
                        turns.size() - 1,
                        new Message(Role.USER, joined(turns.getLast().content(), turn.content())));
            } else turns.add(turn);
            afterResult = result;
        }
        return turns;
    }

    private static String result(Message message, Map<String, String> names) {
        String name = message.toolName().isEmpty()
                ? names.getOrDefault(message.toolCallId(), "the tool")
                : message.toolName();
        return "<tool_response>\nResult of " + name + ":\n" + message.content() + "\n</tool_response>";
    }

    private static Message withCalls(Message message) {
        if (message.toolCalls().isEmpty()) return message;
        String calls = message.toolCalls().stream()
                .map(call -> "<tool_call>\n" + JsonText.of(object(call)) + "\n</tool_call>")
                .collect(Collectors.joining("\n"));
        return new Message(message.role(), joined(message.content(), calls), message.thinking(), List.of(), "", "");
    }

    /** A call as models write it. */
    static Map<String, Object> object(ToolCall call) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", call.name());
        object.put("arguments", call.arguments());
        return object;
    }
}
