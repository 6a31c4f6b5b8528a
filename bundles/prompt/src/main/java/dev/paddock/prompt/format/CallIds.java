package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gives the calls of a conversation the ids that a family's templates insist on, and the tools' answers the ids of their
 * calls: some clients send none, others those of another server. One conversation, one thread.
 */
public final class CallIds {
    private static final Pattern NINE = Pattern.compile("[A-Za-z0-9]{9}");

    private final Naming naming;
    private final Map<String, ToolCall> byOldId = new HashMap<>();
    /** Calls of the last turn that no tool answered yet. */
    private final List<ToolCall> open = new ArrayList<>();

    private int calls;

    /** The form of ids. */
    @FunctionalInterface
    public interface Naming {
        /**
         * The id of a call.
         *
         * @param call with the id that it has so far, which may be empty
         * @param index of the call in the conversation, from 0
         */
        String id(ToolCall call, int index);
    }

    private CallIds(Naming naming) {
        this.naming = naming;
    }

    /** The conversation with ids of that form, and names and ids on all results whose call is known. */
    public static List<Message> renamed(List<Message> messages, Naming naming) {
        var ids = new CallIds(naming);
        return messages.stream().map(ids::renamed).toList();
    }

    private Message renamed(Message message) {
        if (message.role() == Role.TOOL) return answering(message);
        if (message.toolCalls().isEmpty()) return message;
        open.clear();
        for (ToolCall call : message.toolCalls()) {
            String id = naming.id(call, calls++);
            ToolCall renamed = new ToolCall(id, call.name(), call.arguments());
            byOldId.put(call.id(), renamed);
            open.add(renamed);
        }
        return with(message, List.copyOf(open), message.toolName(), message.toolCallId());
    }

    /** A tool's answer with the new id of the call, and its name. */
    private Message answering(Message message) {
        ToolCall known = message.toolCallId().isEmpty() ? null : byOldId.get(message.toolCallId());
        ToolCall call = known != null
                ? known
                : open.stream().filter(each -> fits(message, each)).findFirst().orElse(null);
        open.remove(call);
        if (call == null) {
            call = new ToolCall(message.toolCallId(), message.toolName(), Map.of());
            call = new ToolCall(naming.id(call, calls), call.name(), call.arguments());
        }
        String name = message.toolName().isEmpty() ? call.name() : message.toolName();
        return with(message, message.toolCalls(), name, call.id());
    }

    private static boolean fits(Message message, ToolCall call) {
        return message.toolName().isEmpty() || message.toolName().equals(call.name());
    }

    private static Message with(Message message, List<ToolCall> calls, String toolName, String toolCallId) {
        return new Message(message.role(), message.content(), message.thinking(), calls, toolName, toolCallId);
    }

    /**
     * An id of nine letters and digits, as Mistral's templates insist on.
     *
     * @param id kept when it is such; else the same for the same id, or for the same place of a call without one
     */
    public static String nine(String id, int index) {
        if (NINE.matcher(id).matches()) return id;
        String source = id.isEmpty() ? "call " + index : id;
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < source.length(); i++) hash = (hash ^ source.charAt(i)) * 0x100000001b3L;
        String digits = Long.toUnsignedString(hash, Character.MAX_RADIX).toLowerCase(Locale.ROOT);
        return ("000000000" + digits).substring(digits.length());
    }
}
