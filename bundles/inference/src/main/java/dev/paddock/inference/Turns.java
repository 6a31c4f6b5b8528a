package dev.paddock.inference;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The messages of a conversation that may be left out, oldest first, in groups that make sense only together: a question
 * with its answer, a call with its results. System messages, the last question and the last group of what followed it
 * stay.
 */
final class Turns {
    private Turns() {}

    /** Indexes of the messages of each group, oldest first. */
    static List<List<Integer>> droppable(List<Message> messages) {
        int question = lastQuestion(messages);
        List<List<Integer>> groups = new ArrayList<>(groups(messages, 0, question, Role.USER));
        var after = groups(messages, question + 1, messages.size(), Role.ASSISTANT);
        if (!after.isEmpty()) groups.addAll(after.subList(0, after.size() - 1));
        return groups;
    }

    private static int lastQuestion(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) return i;
        }
        return -1;
    }

    /** The groups of a range; each begins with a message of that role, and the first with whatever is there. */
    private static List<List<Integer>> groups(List<Message> messages, int from, int to, Role first) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Role role = messages.get(i).role();
            if (role == Role.SYSTEM) continue;
            if (groups.isEmpty() || role == first) groups.add(new ArrayList<>());
            groups.getLast().add(i);
        }
        return groups;
    }

    /** The messages without the first so many groups. */
    static List<Message> without(List<Message> messages, int groups) {
        var dropped = droppable(messages).subList(0, groups).stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        List<Message> left = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!dropped.contains(i)) left.add(messages.get(i));
        }
        return left;
    }
}
