package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps control tokens out of what clients send. Each text of a control token in a message or tool is replaced by one
 * private-use character before the template runs, and comes back as plain text, never as a token, when the prompt is
 * tokenized. Text without such tokens goes through untouched. One request, one thread.
 */
final class Mask {
    private static final int FIRST = 0x100000;
    private static final int LAST = 0x10FFFD;

    private final ControlTokens control;
    private final Map<String, Integer> marks = new HashMap<>();
    private final List<String> hidden = new ArrayList<>();

    Mask(ControlTokens control) {
        this.control = control;
    }

    List<Message> messages(List<Message> messages) {
        return messages.stream()
                .map(m -> new Message(
                        m.role(),
                        text(m.content()),
                        text(m.thinking()),
                        m.toolCalls().stream().map(this::call).toList(),
                        text(m.toolName()),
                        text(m.toolCallId())))
                .toList();
    }

    List<Tool> tools(List<Tool> tools) {
        return tools.stream()
                .map(tool -> new Tool(text(tool.name()), object(tool.definition())))
                .toList();
    }

    Map<String, Object> variables(Map<String, Object> variables) {
        return object(variables);
    }

    private ToolCall call(ToolCall call) {
        return new ToolCall(text(call.id()), text(call.name()), object(call.arguments()));
    }

    private Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(text(String.valueOf(key)), value(value)));
        return copy;
    }

    private Object value(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> map -> object(map);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(value(element)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    String text(String text) {
        StringBuilder masked = null;
        int copied = 0;
        for (int i = 0; i < text.length(); ) {
            String found = hide(text, i);
            if (found == null) {
                i++;
                continue;
            }
            if (masked == null) masked = new StringBuilder(text.length());
            masked.append(text, copied, i).appendCodePoint(mark(found));
            i += found.length();
            copied = i;
        }
        return masked == null
                ? text
                : masked.append(text, copied, text.length()).toString();
    }

    /** What to hide at a place: a control token, or a character that would look like a mark of ours. */
    private String hide(String text, int index) {
        if (Character.isHighSurrogate(text.charAt(index))) {
            int codePoint = text.codePointAt(index);
            if (codePoint >= FIRST) return Character.toString(codePoint);
        }
        return control.at(text, index).orElse(null);
    }

    private int mark(String text) {
        return marks.computeIfAbsent(text, t -> {
            if (FIRST + hidden.size() > LAST) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST,
                        "messages: more than " + hidden.size() + " different private-use characters or control tokens");
            }
            hidden.add(t);
            return FIRST + hidden.size() - 1;
        });
    }

    /** The pieces of a rendered prompt: what the template wrote and what was hidden from it, by turns. */
    List<Piece> pieces(String rendered) {
        if (hidden.isEmpty()) return List.of(new Piece(rendered, true));
        List<Piece> pieces = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        boolean special = true;
        for (int i = 0, codePoint; i < rendered.length(); i += Character.charCount(codePoint)) {
            codePoint = rendered.codePointAt(i);
            boolean mark = codePoint >= FIRST && codePoint - FIRST < hidden.size();
            if (mark == special) {
                end(run, special, pieces);
                special = !mark;
            }
            if (mark) run.append(hidden.get(codePoint - FIRST));
            else run.appendCodePoint(codePoint);
        }
        end(run, special, pieces);
        return pieces;
    }

    private static void end(StringBuilder run, boolean special, List<Piece> pieces) {
        if (!run.isEmpty()) pieces.add(new Piece(run.toString(), special));
        run.setLength(0);
    }

    /**
     * A part of a prompt.
     *
     * @param text the text as the client or the template wrote it
     * @param special whether texts of control tokens in it mean those tokens
     */
    record Piece(String text, boolean special) {}
}
