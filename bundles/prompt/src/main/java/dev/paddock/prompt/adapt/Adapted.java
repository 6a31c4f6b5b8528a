package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.prompt.format.CallIds;
import dev.paddock.prompt.format.ToolsAsText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation as a template can take it.
 *
 * @param messages values of the variable {@code messages}
 * @param begun what the assistant has said last, which is not among them and to be continued
 * @param marks of thoughts in what it has begun
 */
public record Adapted(List<Map<String, Object>> messages, Optional<Message> begun, Optional<ThoughtMarks> marks) {
    /** Puts a conversation as the template wants it. */
    public static Adapted of(TemplateTraits traits, List<Message> conversation) {
        var begun = Prefill.of(conversation);
        var said = begun.isEmpty() ? conversation : conversation.subList(0, conversation.size() - 1);
        var known = traits.calls().isPresent()
                ? CallIds.renamed(said, (call, index) -> id(traits.calls().get(), call.id(), index))
                : ToolsAsText.turns(said);
        var variables = new MessageVariables(traits);
        var messages = FoldedSystem.of(known, traits.system()).stream()
                .map(message -> variables.of(traits.thoughts().besideBoth() ? message : withoutContent(message)))
                .toList();
        return new Adapted(messages, begun, traits.thoughts().marks());
    }

    private static String id(CallForm form, String id, int index) {
        if (form.shortIds()) return CallIds.nine(id, index);
        return id.isEmpty() ? "call_" + index : id;
    }

    /** Templates that refuse thoughts, content and calls at once put content where thoughts are: all of it is kept. */
    private static Message withoutContent(Message message) {
        boolean all = message.role() == Role.ASSISTANT
                && !message.toolCalls().isEmpty()
                && !message.thinking().isEmpty()
                && !message.content().isEmpty();
        if (!all) return message;
        String thoughts = message.thinking() + "\n\n" + message.content();
        return new Message(
                message.role(), "", thoughts, message.toolCalls(), message.toolName(), message.toolCallId());
    }

    /**
     * The whole prompt.
     *
     * @param rendered what the template made of the messages, with the opening of the assistant's turn
     */
    public String prompt(String rendered) {
        return begun.isEmpty() ? rendered : Prefill.continued(rendered, begun.get(), marks);
    }
}
