package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import java.util.List;
import java.util.Map;

/**
 * What {@code tool_choice} says.
 *
 * @param names of the tools that may be called, as the model knows them; empty = all on offer
 */
record ToolWish(ToolChoice.Mode mode, List<String> names) {
    private static final String FIELD = "tool_choice";
    private static final String CHOICES = "\"none\", \"auto\", \"required\", {\"type\": \"function\", \"name\": ...} or"
            + " {\"type\": \"allowed_tools\", \"mode\": ..., \"tools\": [...]}";

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} */
    static ToolWish parse(Fields body, List<Tool> offered) {
        Object choice = body.value(FIELD).orElse("auto");
        if (choice instanceof Map<?, ?>) return named(body.object(FIELD).orElseThrow(), offered);
        return switch (choice.toString()) {
            case "none" -> new ToolWish(ToolChoice.Mode.NONE, List.of());
            case "auto" -> new ToolWish(ToolChoice.Mode.AUTO, List.of());
            case "required" -> new ToolWish(ToolChoice.Mode.REQUIRED, List.of());
            default -> throw body.wrong(FIELD, CHOICES);
        };
    }

    private static ToolWish named(Fields json, List<Tool> offered) {
        return switch (json.text("type").orElse("")) {
            case "function" -> new ToolWish(ToolChoice.Mode.REQUIRED, List.of(name(json, offered)));
            case "allowed_tools" -> allowed(json, offered);
            default -> throw new PaddockException(Fault.INVALID_REQUEST, "\"" + FIELD + "\" must be " + CHOICES);
        };
    }

    private static ToolWish allowed(Fields json, List<Tool> offered) {
        var names = json.objects("tools").stream()
                .filter(tool -> tool.text("type").orElse("function").equals("function"))
                .map(tool -> name(tool, offered))
                .toList();
        if (names.isEmpty()) throw json.wrong("tools", "a list of at least one function");
        return new ToolWish(mode(json), names);
    }

    private static ToolChoice.Mode mode(Fields allowed) {
        return switch (allowed.text("mode").orElse("")) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "required" -> ToolChoice.Mode.REQUIRED;
            default -> throw allowed.wrong("mode", "auto or required");
        };
    }

    private static String name(Fields json, List<Tool> offered) {
        String namespace = json.text("namespace").orElse("");
        String joined = new ToolNames.Path(namespace, ResponseTools.name(json)).joined();
        if (offered.stream().noneMatch(tool -> tool.name().equals(joined))) {
            throw json.wrong("name", "that of a function in \"tools\"; \"" + joined + "\" is none");
        }
        return joined;
    }
}
