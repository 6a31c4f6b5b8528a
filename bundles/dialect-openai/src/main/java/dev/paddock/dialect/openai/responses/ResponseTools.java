package dev.paddock.dialect.openai.responses;

import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tools of a request: functions, and namespaces of functions as Codex groups those of MCP servers.
 *
 * @param offered in the form that templates know
 * @param choice whether and which of them may or must be called
 * @param names what the model and the client call them
 * @param leftOut places of the tools that are not offered to the model
 * @param notes the same in sentences
 */
record ResponseTools(List<Tool> offered, ToolChoice choice, ToolNames names, List<String> leftOut, List<String> notes) {
    private static final String FIELD = "tools";
    private static final String FUNCTION = "function";

    /**
     * Codex and the desktop applications send them with every request, whatever the model; they work well without. What
     * else the vendor's servers run is refused: an agent that was given it relies on it.
     */
    private static final Set<String> EXTRAS =
            Set.of("web_search", "web_search_preview", "image_generation", "local_shell", "tool_search", "custom");

    /** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}; one strict tool makes all of them so. */
    static ResponseTools parse(Fields body) {
        var reading = new Reading();
        for (Fields json : body.objects(FIELD)) reading.tool(json);
        boolean several = body.flag("parallel_tool_calls", true);
        var wish = ToolWish.parse(body, reading.offered);
        return new ResponseTools(
                List.copyOf(reading.offered),
                new ToolChoice(wish.mode(), wish.names(), several, reading.strict),
                reading.names,
                List.copyOf(reading.leftOut),
                List.copyOf(reading.notes));
    }

    /** The tools so far. */
    private static final class Reading {
        private final List<Tool> offered = new ArrayList<>();
        private final ToolNames names = new ToolNames();
        private final List<String> leftOut = new ArrayList<>();
        private final Set<String> notes = new TreeSet<>();
        private boolean strict;

        void tool(Fields json) {
            String type = json.text("type").orElse("");
            switch (type) {
                case FUNCTION -> function(json, "");
                case "namespace" -> namespace(json);
                default -> other(json, type);
            }
        }

        private void namespace(Fields json) {
            json.accept("description");
            String namespace = name(json);
            for (Fields member : json.objects(FIELD)) {
                String type = member.text("type").orElse(FUNCTION);
                if (type.equals(FUNCTION)) function(member, namespace);
                else other(member, type);
            }
        }

        private void other(Fields json, String type) {
            if (!EXTRAS.contains(type)) {
                throw json.wrong("type", "function or namespace: \"" + type + "\" tools are not run by this server");
            }
            json.whole();
            leftOut.add(json.at("type"));
            notes.add("tools of type \"" + type + "\" are not offered to the model");
        }

        private void function(Fields json, String namespace) {
            json.accept("type", "defer_loading", "allowed_callers", "async", "output_schema");
            String joined = names.add(new ToolNames.Path(namespace, name(json)));
            boolean held = json.flag("strict", false);
            strict |= held;
            var function = new Reply().put("name", joined);
            json.text("description").ifPresent(text -> function.put("description", text));
            json.map("parameters").ifPresent(schema -> function.put("parameters", schema));
            function.putIf(held, "strict", true);
            var definition = new Reply().put("type", FUNCTION).put(FUNCTION, function.json());
            offered.add(new Tool(joined, definition.json()));
        }
    }

    static String name(Fields json) {
        String name = json.text("name").orElse("");
        if (name.isBlank()) throw json.wrong("name", "a string that is not empty");
        return name;
    }
}
