package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tools written into the system's message, for templates that have no place for them.
 *
 * @param sample a call as the model writes it
 */
record ToolPrompt(String sample) {
    private static final Pattern PLACE = Pattern.compile("\\btools\\b|\\.Tools\\b");

    /** Whether a template writes tools itself. */
    static boolean hasPlace(String template) {
        return PLACE.matcher(template).find();
    }

    PromptInput into(PromptInput input) {
        List<Message> messages = new ArrayList<>(input.messages());
        boolean system = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
        String before = system ? messages.removeFirst().content() + "\n\n" : "";
        messages.addFirst(new Message(Role.SYSTEM, before + text(input.tools())));
        return input.with(messages, input.tools());
    }

    private String text(List<Tool> tools) {
        StringBuilder text = new StringBuilder("## Tools\nYou can call these tools.\n");
        for (Tool tool : tools) text.append(text(tool));
        return text + "\nTo call a tool, end your answer with a call in exactly this form; repeat its inner part for"
                + " several calls:\n" + sample + "\n";
    }

    private static String text(Tool tool) {
        String description = tool.definition().get("function") instanceof Map<?, ?> function
                        && function.get("description") instanceof String text
                ? "Description: " + text + "\n"
                : "";
        return "\n### " + tool.name() + "\n" + description + "Parameters: " + JsonText.of(Tools.parameters(tool))
                + "\n";
    }
}
