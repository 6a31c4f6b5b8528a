package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tools of a request.
 *
 * @param offered as the client defined them
 * @param choice whether and which of them may or must be called
 */
record Tools(List<Tool> offered, ToolChoice choice) {
    private static final String CHOICE = "tool_choice";
    private static final String CHOICES = "\"none\", \"auto\", \"required\", {\"type\": \"function\", \"function\":"
            + " {\"name\": ...}} or {\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": ..., \"tools\": [...]}}";

    /** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}; one strict tool makes all of them so. */
    static Tools parse(Fields body) {
        List<Tool> offered = new ArrayList<>();
        boolean strict = false;
        for (Fields json : body.objects("tools")) {
            Fields function = function(json);
            strict |= function.flag("strict", false);
            offered.add(new Tool(name(function), json.whole()));
        }
        boolean several = body.flag("parallel_tool_calls", true);
        var wish = wish(body);
        return new Tools(List.copyOf(offered), new ToolChoice(wish.mode(), wish.names(), several, strict));
    }

    private record Wish(ToolChoice.Mode mode, List<String> names) {
        Wish(ToolChoice.Mode mode) {
            this(mode, List.of());
        }
    }

    private static Wish wish(Fields body) {
        Object choice = body.value(CHOICE).orElse("auto");
        if (choice instanceof Map<?, ?>) return named(body.object(CHOICE).orElseThrow());
        return switch (choice.toString()) {
            case "none" -> new Wish(ToolChoice.Mode.NONE);
            case "auto" -> new Wish(ToolChoice.Mode.AUTO);
            case "required" -> new Wish(ToolChoice.Mode.REQUIRED);
            default -> throw body.wrong(CHOICE, CHOICES);
        };
    }

    private static Wish named(Fields json) {
        return switch (json.text("type").orElse("")) {
            case "function" -> new Wish(ToolChoice.Mode.REQUIRED, List.of(name(function(json))));
            case "allowed_tools" ->
                allowed(json.object("allowed_tools").orElseThrow(() -> json.wrong("allowed_tools", "an object")));
            default -> throw new PaddockException(Fault.INVALID_REQUEST, "\"" + CHOICE + "\" must be " + CHOICES);
        };
    }

    private static Wish allowed(Fields json) {
        var names =
                json.objects("tools").stream().map(tool -> name(function(tool))).toList();
        if (names.isEmpty()) throw json.wrong("tools", "a list of at least one tool");
        return new Wish(mode(json), names);
    }

    private static ToolChoice.Mode mode(Fields allowed) {
        return switch (allowed.text("mode").orElse("")) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "required" -> ToolChoice.Mode.REQUIRED;
            default -> throw allowed.wrong("mode", "auto or required");
        };
    }

    private static Fields function(Fields json) {
        if (!json.text("type").orElse("function").equals("function")) throw json.wrong("type", "function");
        return json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
    }

    private static String name(Fields function) {
        String name = function.text("name").orElse("");
        if (name.isBlank()) throw function.wrong("name", "a string that is not empty");
        return name;
    }
}
