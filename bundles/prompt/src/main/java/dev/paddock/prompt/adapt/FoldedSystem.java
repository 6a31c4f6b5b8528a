package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;

/** What the system says put into the user's turns, for templates that have no place for it. */
final class FoldedSystem {
    private final List<Message> messages = new ArrayList<>();
    private String pending = "";

    private FoldedSystem() {}

    /**
     * A conversation in which the system speaks only where the template lets it: what it says elsewhere comes before the
     * next turn of the user when that follows, else behind the last, else as a turn of its own. What was said before
     * is put the same whatever comes later.
     */
    static List<Message> of(List<Message> messages, SystemPlace place) {
        if (place == SystemPlace.ANYWHERE) return messages;
        var folded = new FoldedSystem();
        boolean start = place == SystemPlace.FIRST;
        for (var message : messages) {
            if (message.role() == Role.SYSTEM && !start) folded.pending = joined(folded.pending, message.content());
            else folded.add(message);
            start = false;
        }
        folded.settle();
        return folded.messages;
    }

    private void add(Message message) {
        if (message.role() == Role.USER && !pending.isEmpty()) {
            messages.add(new Message(Role.USER, joined(pending, message.content())));
            pending = "";
            return;
        }
        settle();
        messages.add(message);
    }

    private void settle() {
        if (pending.isEmpty()) return;
        boolean afterUser = !messages.isEmpty() && messages.getLast().role() == Role.USER;
        String before = afterUser ? messages.removeLast().content() : "";
        messages.add(new Message(Role.USER, joined(before, pending)));
        pending = "";
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }
}
