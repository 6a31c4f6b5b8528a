package dev.paddock.hygiene;

import dev.paddock.api.inference.ChatInterceptor.Change;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.hygiene.Cleaning.Cleaned;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A conversation whose first messages are put differently one after the other. One thread. */
final class Rewriting {
    private final List<Message> before;
    private final List<Message> after = new ArrayList<>();
    private final List<String> moved = new ArrayList<>();
    private final Map<Action, Set<String>> done = new EnumMap<>(Action.class);
    private int seen;

    Rewriting(List<Message> messages) {
        this.before = messages;
    }

    /** The next message: as cleaned, or as it was. One that said nothing else is left out. */
    void add(Optional<Cleaned> cleaned) {
        Message message = before.get(seen++);
        if (cleaned.isEmpty()) {
            after.add(message);
            return;
        }
        cleaned.get().done().forEach((action, names) -> done.computeIfAbsent(action, _ -> new TreeSet<>())
                .addAll(names));
        moved.addAll(cleaned.get().moved());
        String text = cleaned.get().text();
        if (!text.isBlank()) after.add(saying(message, text));
    }

    /** The whole conversation; empty when nothing was to be done, or when nothing would be left of it. */
    Optional<Change> change() {
        after.addAll(before.subList(seen, before.size()));
        if (done.isEmpty() || after.isEmpty()) return Optional.empty();
        if (!moved.isEmpty()) {
            int place = place();
            Message last = after.get(place);
            after.set(place, saying(last, last.content() + "\n\n" + String.join("\n", moved)));
        }
        return Optional.of(new Change(after, sentence()));
    }

    /** The last message, unless that is the beginning of an answer: then the last one before it. */
    private int place() {
        for (int i = after.size() - 1; i > 0; i--) {
            if (after.get(i).role() != Role.ASSISTANT) return i;
        }
        return 0;
    }

    private static Message saying(Message message, String text) {
        return new Message(
                message.role(),
                text,
                message.thinking(),
                message.toolCalls(),
                message.toolName(),
                message.toolCallId());
    }

    private String sentence() {
        List<String> parts = new ArrayList<>();
        done.forEach((action, names) -> parts.add(switch (action) {
                    case REMOVE -> "left out: ";
                    case MOVE -> "moved to the end of the last message: ";
                    case NORMALISE -> "left without the part that changes: ";
                    case OFF -> throw new IllegalStateException("nothing is done with what is off");
                }
                + String.join(", ", names)));
        return String.join("; ", parts) + "; so that the beginning of the prompt is the same each time";
    }
}
