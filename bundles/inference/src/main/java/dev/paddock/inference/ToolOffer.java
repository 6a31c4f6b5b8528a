package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tools that a model learns of, and what it may do with them. When calls are forced the grammar chooses among all
 * tools, so that the prompt is the same as in other turns; else a tool that must not be called is not mentioned.
 *
 * @param tools in the request's order; empty = none are offered
 * @param choice what may and must be called
 */
record ToolOffer(List<Tool> tools, ToolChoice choice) {
    /** No tools. */
    static final ToolOffer NONE = new ToolOffer(List.of(), ToolChoice.NONE);

    private static final int MOST_NAMED = 20;

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} when the choice is among tools that are not there */
    static ToolOffer of(ChatRequest request) {
        var choice = request.toolChoice();
        var names = request.tools().stream().map(Tool::name).collect(Collectors.toSet());
        for (String name : choice.names()) {
            if (!names.contains(name)) throw unknown(name, request.tools());
        }
        boolean required = choice.mode() == ToolChoice.Mode.REQUIRED;
        if (required && names.isEmpty()) throw invalid("tool_choice requires a call, but there are no tools");
        if (choice.mode() == ToolChoice.Mode.NONE || names.isEmpty()) return NONE;
        return new ToolOffer(required ? request.tools() : allowed(request.tools(), choice), choice);
    }

    private static List<Tool> allowed(List<Tool> tools, ToolChoice choice) {
        if (choice.names().isEmpty()) return tools;
        var names = Set.copyOf(choice.names());
        return tools.stream().filter(tool -> names.contains(tool.name())).toList();
    }

    /** Whether a call must come. */
    boolean required() {
        return choice.mode() == ToolChoice.Mode.REQUIRED;
    }

    /** Whether calls are to be held to more than the model's own ways. */
    boolean held() {
        return !tools.isEmpty() && (required() || choice.strict() || !choice.several());
    }

    private static PaddockException unknown(String name, List<Tool> tools) {
        String offered = tools.stream().map(Tool::name).limit(MOST_NAMED).collect(Collectors.joining(", "));
        return invalid("tool_choice: \"" + name + "\" is not one of the tools on offer: " + offered
                + (tools.size() > MOST_NAMED ? ", ..." : ""));
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
