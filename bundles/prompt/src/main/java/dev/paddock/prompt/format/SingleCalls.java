package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations for templates that know one call in a message: others they drop or refuse, and a result is that of the last
 * call.
 */
public final class SingleCalls {
    private SingleCalls() {}

    /** The messages, with each call in one of its own and its result behind it. */
    public static List<Message> of(List<Message> messages) {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); ) {
            Message message = messages.get(i++);
            if (message.toolCalls().isEmpty()) {
                all.add(message);
                continue;
            }
            List<Message> results = new ArrayList<>();
            while (i < messages.size() && messages.get(i).role() == Role.TOOL) results.add(messages.get(i++));
            one(message, results, all);
        }
        return all;
    }

    private static void one(Message message, List<Message> results, List<Message> all) {
        String thought = message.thinking();
        String content = message.content();
        for (ToolCall call : message.toolCalls()) {
            all.add(new Message(message.role(), content, thought, List.of(call), "", ""));
            thought = "";
            content = "";
            // Without ids results come in the order of the calls.
            int result = indexOf(results, call);
            if (result >= 0) all.add(results.remove(result));
        }
        all.addAll(results);
    }

    private static int indexOf(List<Message> results, ToolCall call) {
        for (int i = 0; i < results.size(); i++) {
            String id = results.get(i).toolCallId();
            if (id.isEmpty() ? i == 0 : id.equals(call.id())) return i;
        }
        return -1;
    }
}
