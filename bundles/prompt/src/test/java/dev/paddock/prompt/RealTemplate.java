package dev.paddock.prompt;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.format.Families;
import dev.paddock.prompt.format.InstalledFormats;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real Jinja template of the reference data with the format that reads its answers: prompts as the server makes them.
 *
 * @param name in the reference data
 */
record RealTemplate(String name, ChatTemplate template, ChatFormat format, TemplateRenderer renderer) {
    /** The one tool of the tests. */
    static final Tool WEATHER = new Tool(
            "get_weather",
            Map.of(
                    "type",
                    "function",
                    "function",
                    Map.of(
                            "name",
                            "get_weather",
                            "description",
                            "The weather.",
                            "parameters",
                            Map.of(
                                    "type",
                                    "object",
                                    "properties",
                                    Map.of("city", Map.of("type", "string", "description", "A town."))))));

    /** All of them; the test is skipped without the data. */
    static List<RealTemplate> all() {
        var renderer = new TemplateRenderer(Clock.fixed(Instant.parse("2026-01-15T14:05:09Z"), ZoneOffset.UTC));
        var formats = Families.formatByTemplate();
        List<RealTemplate> all = new ArrayList<>();
        for (var row : ReferenceData.shared("jinja", "templates.jsonl")) {
            String name = (String) row.get("template");
            var template = new ChatTemplate(ChatTemplate.Language.JINJA, (String) row.get("text"));
            var format = InstalledFormats.named(formats.get(name)).orElseThrow();
            all.add(new RealTemplate(name, template, format, renderer));
        }
        return all;
    }

    static RealTemplate named(String name) {
        return all().stream()
                .filter(template -> template.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Message call(String id, String content, String city, String... more) {
        List<ToolCall> calls = new ArrayList<>(List.of(new ToolCall(id, "get_weather", arguments(city))));
        for (String other : more) calls.add(new ToolCall(id + other.length(), "get_weather", arguments(other)));
        return new Message(Role.ASSISTANT, content, "", calls, "", "");
    }

    private static Map<String, Object> arguments(String city) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("city", city);
        arguments.put("days", 2L);
        return arguments;
    }

    /** As clients of OpenAI's API send it: without the tool's name. */
    static Message result(String id, String text) {
        return new Message(Role.TOOL, text, "", List.of(), "", id);
    }

    /** The prompt, with tools or without. */
    String prompt(List<Tool> tools, Message... messages) {
        return prompt(new PromptInput(List.of(messages), tools, Think.UNSET, "<s>", "</s>"));
    }

    String prompt(PromptInput input) {
        return renderer.render(template, format.prepare(ModelSigns.of(template), input));
    }
}
