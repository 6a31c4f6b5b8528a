package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.format.CallIds;
import dev.paddock.prompt.format.SingleCalls;
import dev.paddock.prompt.format.ToolsAsText;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A conversation as a template can take it. */
public final class Adapted {
    private Adapted() {}

    /** Values of the variable {@code messages}, in the order of the conversation. */
    public static List<Map<String, Object>> of(TemplateTraits traits, List<Message> conversation) {
        var known = traits.calls()
                .map(form -> withCalls(form, conversation))
                .orElseGet(() -> ToolsAsText.turns(conversation, !traits.results()));
        var variables = new MessageVariables(traits);
        return FoldedSystem.of(known, traits.system()).stream()
                .map(variables::of)
                .toList();
    }

    /** The same with everything as it is. */
    public static List<Map<String, Object>> plain(List<Message> conversation) {
        var variables = new MessageVariables(TemplateTraits.PLAIN);
        return conversation.stream().map(variables::of).toList();
    }

    private static List<Message> withCalls(CallForm form, List<Message> conversation) {
        var named = CallIds.renamed(conversation, (call, index) -> id(form, call, index));
        var single = form.single() ? SingleCalls.of(named) : named;
        return form.apart() ? single.stream().flatMap(Adapted::apart).toList() : single;
    }

    private static String id(CallForm form, ToolCall call, int index) {
        if (form.shortIds()) return CallIds.nine(call.id(), index);
        return call.id().isEmpty() ? "call_" + index : call.id();
    }

    /** The content before the calls; thoughts come before both. */
    private static Stream<Message> apart(Message message) {
        if (message.content().isEmpty() || message.toolCalls().isEmpty()) return Stream.of(message);
        return Stream.of(
                new Message(message.role(), message.content(), message.thinking(), List.of(), "", ""),
                new Message(message.role(), "", "", message.toolCalls(), "", ""));
    }
}
