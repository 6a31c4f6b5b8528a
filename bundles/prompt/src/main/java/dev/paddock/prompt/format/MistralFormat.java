package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Mistral AI's models: {@code [TOOL_CALLS][{"name": "f", "arguments": {...}, "id": "..."}]} up to Small 3.1,
 * {@code [TOOL_CALLS]f[CALL_ID]id[ARGS]{...}} in Small 3.2, {@code [TOOL_CALLS]f[ARGS]{...}} since Devstral. Magistral and
 * Ministral 3 think between {@code [THINK]} and {@code [/THINK]}, where other marks are text; the first Magistral between
 * {@code <think>} and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class MistralFormat extends MarkedFormat {
    private static final String CALL = "[TOOL_CALLS]";
    private static final String THINK = "[THINK]";
    private static final ThoughtMarks THOUGHTS = new ThoughtMarks(THINK, "[/THINK]", "[/THINK]");
    private static final Pattern HEADER = Pattern.compile(
            "\\s*(?<name>[^\\[\\]{}\"\\s]+)\\s*(\\[CALL_ID]\\s*(?<id>[A-Za-z0-9]+)\\s*)?(\\[ARGS]\\s*)?");
    private static final JsonCalls JSON = new JsonCalls(CALL, "", true, CallObject.Keys.USUAL);
    private static final JsonCalls BARE = new JsonCalls("", "", true, CallObject.Keys.USUAL);
    private static final Layout WITH_ARRAY = layout(true, "NAME \"[ARGS]\"");
    private static final Layout WITH_IDS = layout(false, "NAME \"[CALL_ID]\" [a-zA-Z0-9]{9} \"[ARGS]\"");
    private static final Layout WITH_NAMES = layout(false, "NAME \"[ARGS]\"");

    /** A format without state. */
    public MistralFormat() {
        super("mistral", thinking(WITH_NAMES));
    }

    private static Layout layout(boolean array, String head) {
        var written = new NamedCalls.Written(head, "", "[CALL_ID]", "[ARGS]");
        var named = new NamedCalls(CALL, List.of(HEADER), List.of(), written);
        return Layout.of(new EitherCalls(named, JSON, array)).bare(BARE);
    }

    private static Layout thinking(Layout layout) {
        return layout.thinking(THOUGHTS).with(Layout.Trait.NO_CALLS_IN_THOUGHTS, Layout.Trait.THOUGHTS_ANYWHERE);
    }

    @Override
    Layout layout(ModelSigns signs) {
        String text = signs.template().text();
        Layout layout = text.contains("[CALL_ID]") ? WITH_IDS : text.contains("[ARGS]") ? WITH_NAMES : WITH_ARRAY;
        if (text.contains(THINK)) return thinking(layout);
        return text.contains(Layout.THINK.open()) ? layout.thinking(Layout.THINK) : layout;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    /** A template that knows thoughts is of a model that has them; it has no switch. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return layout(signs).thoughts().isPresent();
    }

    /** Calls get ids of nine letters and digits; earlier thoughts stand in the content, where templates look for them. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        var messages = CallIds.renamed(input.messages(), (call, index) -> CallIds.nine(call.id(), index));
        var begun = input.begun().filter(last -> last.content().isEmpty()).orElse(null);
        if (asksForThoughts(signs))
            messages = messages.stream()
                    .map(message -> withThoughts(message, message == begun))
                    .toList();
        return input.with(messages, input.tools());
    }

    private static Message withThoughts(Message message, boolean begun) {
        if (message.role() != Role.ASSISTANT || message.thinking().isEmpty()) return message;
        String content = THINK + message.thinking() + (begun ? "" : THOUGHTS.close() + message.content());
        return new Message(message.role(), content, "", message.toolCalls(), message.toolName(), message.toolCallId());
    }
}
