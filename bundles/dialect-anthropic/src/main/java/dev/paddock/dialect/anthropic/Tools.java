package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tools of a request.
 *
 * @param offered each as templates expect it
 * @param choice whether and which of them may or must be called
 */
record Tools(List<Tool> offered, ToolChoice choice) {
    private static final String CUSTOM = "custom";

    /** Reads {@code tools} and {@code tool_choice}; one strict tool makes all of them so. */
    static Tools parse(Fields body) {
        List<Tool> offered = new ArrayList<>();
        boolean strict = false;
        for (Fields json : body.objects("tools")) {
            offered.add(tool(json));
            strict |= json.flag("strict", false);
        }
        return new Tools(List.copyOf(offered), choice(body, strict));
    }

    private static Tool tool(Fields json) {
        String type = json.text("type").orElse(CUSTOM);
        if (!type.equals(CUSTOM)) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "\"" + json.at("type") + "\": " + type + " is a tool of Anthropic's own service, which this server"
                            + " does not have; offer a tool of yours, with an input_schema");
        }
        json.accept("cache_control", "eager_input_streaming");
        String name = name(json);
        Map<String, Object> schema =
                json.map("input_schema").orElseThrow(() -> json.wrong("input_schema", "a JSON Schema, an object"));
        Reply function = new Reply()
                .put("name", name)
                .some("description", json.text("description").orElse(""))
                .put("parameters", schema);
        return new Tool(
                name,
                new Reply()
                        .put("type", "function")
                        .put("function", function.json())
                        .json());
    }

    private static ToolChoice choice(Fields body, boolean strict) {
        return body.object("tool_choice")
                .map(json -> {
                    boolean several = !json.flag("disable_parallel_tool_use", false);
                    return switch (json.text("type").orElse("")) {
                        case "auto" -> new ToolChoice(ToolChoice.Mode.AUTO, List.of(), several, strict);
                        case "any" -> new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), several, strict);
                        case "tool" -> new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(name(json)), several, strict);
                        case "none" -> ToolChoice.NONE;
                        default -> throw json.wrong("type", "auto, any, tool or none");
                    };
                })
                .orElse(new ToolChoice(ToolChoice.Mode.AUTO, List.of(), true, strict));
    }

    private static String name(Fields json) {
        String name = json.text("name").orElse("");
        if (name.isBlank()) throw json.wrong("name", "a string that is not empty");
        return name;
    }
}
