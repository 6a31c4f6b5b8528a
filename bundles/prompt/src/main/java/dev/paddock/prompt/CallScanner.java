package dev.paddock.prompt;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds tool calls behind a tag: objects that are calls, or arguments with a tool's name before them. A tag that is only
 * a bracket counts at the start of an answer alone. What is no call stays in the text. What comes out depends on the
 * whole text alone, not on how it was cut into pieces. One thread.
 */
final class CallScanner {
    /** Most characters between a tag, or a call, and the next object. */
    private static final int LONGEST_HEADER = 512;
    /** What may stand behind a call and is no text: white space, closing brackets and closing tags. */
    private static final Pattern CLOSING =
            Pattern.compile("(?:\\s|[\\],;]|```|</[^<>\\s]{1,40}>|<[|｜][^<>\\n]{1,40}[|｜]>|\\[/[A-Z_]{1,40}])+");

    private enum State {
        /** Looking for the tag. */
        TEXT,
        /** Behind a tag or call, before an object. */
        HEADER,
        /** In an object. */
        OBJECT,
        /** No calls are looked for. */
        PLAIN
    }

    private final String tag;
    private final boolean bare;
    private final CallReader calls;
    private final StringBuilder pending = new StringBuilder();
    private State state;
    /** The tag and the white space before it, until the first call. */
    private String opening = "";

    /** Between the tag, or the call before, and the object. */
    private String header = "";

    /** Whether a call has come since the tag. */
    private boolean called;

    /** Index of the next call. */
    private int calling;

    private ObjectEnd objectEnd = new ObjectEnd();
    private List<OutputPiece> out = new ArrayList<>();

    CallScanner(String tag, List<Tool> tools) {
        this.tag = tag;
        this.bare = tag.equals("{") || tag.equals("[");
        this.calls = CallReader.of(tools);
        this.state = calls.active() ? State.TEXT : State.PLAIN;
    }

    List<OutputPiece> accept(String text) {
        pending.append(text);
        steps();
        return taken();
    }

    List<OutputPiece> finish() {
        steps();
        // What was no call in the end may hold other tags.
        while (state == State.HEADER || state == State.OBJECT) {
            giveBack();
            steps();
        }
        emit(pending.length());
        return taken();
    }

    private List<OutputPiece> taken() {
        var taken = out;
        out = new ArrayList<>();
        return taken;
    }

    private void steps() {
        while (step()) {
            // each step consumes text or changes the state
        }
    }

    private boolean step() {
        return switch (state) {
            case TEXT -> bare ? first() : text();
            case HEADER -> header();
            case OBJECT -> object();
            case PLAIN -> {
                emit(pending.length());
                yield false;
            }
        };
    }

    private boolean first() {
        String visible = pending.toString().stripLeading();
        if (visible.isEmpty()) return false;
        if (!visible.startsWith(tag)) {
            state = State.PLAIN;
            return true;
        }
        opening = pending.substring(0, pending.length() - visible.length());
        pending.delete(0, opening.length());
        state = State.HEADER;
        return true;
    }

    private boolean text() {
        int found = pending.indexOf(tag);
        if (found < 0) {
            emit(Held.trimmed(pending, pending.length() - Held.possible(pending, tag)));
            return false;
        }
        int end = Held.trimmed(pending, found);
        emit(end);
        int behind = found - end + tag.length();
        opening = pending.substring(0, behind);
        pending.delete(0, behind);
        state = State.HEADER;
        return true;
    }

    private boolean header() {
        int brace = pending.indexOf("{");
        if (brace > LONGEST_HEADER || (brace < 0 && pending.length() > LONGEST_HEADER)) return giveBack();
        if (brace < 0) return false;
        header = pending.substring(0, brace);
        pending.delete(0, brace);
        objectEnd = new ObjectEnd();
        state = State.OBJECT;
        return true;
    }

    private boolean object() {
        int end = objectEnd.find(pending);
        if (end < 0) return false;
        var call = call(pending.substring(0, end));
        if (call.isEmpty()) return giveBack();
        WholeCall.add(out, calling++, call.get());
        pending.delete(0, end);
        opening = "";
        header = "";
        called = true;
        state = State.HEADER;
        return true;
    }

    private Optional<ToolCall> call(String json) {
        return JsonReader.object(json).flatMap(object -> {
            var whole = calls.read(plain(object));
            return whole.isPresent() ? whole : nameBefore().map(name -> calls.named(name, object));
        });
    }

    /** The forms that models use beside {@code {"name": ..., "arguments": ...}}. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Map<String, Object> object) {
        if (object.get("function") instanceof Map<?, ?> function) return (Map<String, Object>) function;
        if (object.containsKey("name") || !(object.get("tool_name") instanceof String name)) return object;
        Map<String, Object> renamed = new LinkedHashMap<>(object);
        renamed.put("name", name);
        return renamed;
    }

    /** The tool named last before the object; of two that end together the longer one. */
    private Optional<String> nameBefore() {
        String best = "";
        int bestEnd = 0;
        for (String name : calls.names()) {
            int end = lastEnd(name);
            if (end > bestEnd || (end == bestEnd && end > 0 && name.length() > best.length())) {
                best = name;
                bestEnd = end;
            }
        }
        return bestEnd > 0 ? Optional.of(best) : Optional.empty();
    }

    /** Behind the last place where a name stands as a word of its own; 0 when there is none. */
    private int lastEnd(String name) {
        if (name.isEmpty()) return 0;
        for (int at = header.lastIndexOf(name); at >= 0; at = header.lastIndexOf(name, at - 1)) {
            int end = at + name.length();
            if (!wordCharacter(at - 1) && !wordCharacter(end)) return end;
        }
        return 0;
    }

    private boolean wordCharacter(int index) {
        if (index < 0 || index >= header.length()) return false;
        char c = header.charAt(index);
        return c == '_' || (c != '▁' && Character.isLetterOrDigit(c));
    }

    /** This was no call: it is text, and what follows is read again. */
    private boolean giveBack() {
        String text = opening + header;
        if (called && state == State.HEADER) {
            String behind = withoutClosing(pending.toString());
            pending.setLength(0);
            pending.append(behind);
        } else if (called) text = withoutClosing(text);
        if (!text.isEmpty()) out.add(new OutputPiece.Content(text));
        opening = "";
        header = "";
        called = false;
        state = bare ? State.PLAIN : State.TEXT;
        return true;
    }

    private static String withoutClosing(String text) {
        var closing = CLOSING.matcher(text);
        return closing.lookingAt() ? text.substring(closing.end()) : text;
    }

    private void emit(int length) {
        if (length == 0) return;
        out.add(new OutputPiece.Content(pending.substring(0, length)));
        pending.delete(0, length);
    }
}
