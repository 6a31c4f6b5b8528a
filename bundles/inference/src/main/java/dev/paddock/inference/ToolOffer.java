package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Optional;
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

    /**
     * Refuses to offer tools to a model that cannot be told of them.
     *
     * @param can what the model can do as it is prompted
     * @param prompted whether they may be written into the messages by a format that does so
     * @return what is to be said of it; empty when the model knows tools itself
     * @throws PaddockException with {@link Fault#UNSUPPORTED}
     */
    Optional<String> told(StoredModel model, Set<Capability> can, PromptPath path, boolean prompted) {
        if (tools.isEmpty() || can.contains(Capability.TOOLS)) return Optional.empty();
        if (!prompted || !writtenBy(path)) Models.requireTools(model, can);
        return Optional.of("the template of " + model.name().display()
                + " has no place for tools: they are written into the messages by the format "
                + path.format().name());
    }

    /** A format that writes tools into the messages leaves none for the template. */
    private boolean writtenBy(PromptPath path) {
        var input = new PromptInput(List.of(new Message(Role.USER, "")), tools, Think.UNSET, "", "");
        return path.format().prepare(path.signs(), input).tools().isEmpty();
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
