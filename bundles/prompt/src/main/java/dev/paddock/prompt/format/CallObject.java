package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code {"name": ..., "arguments": {...}}} while it is written. As soon as the name of a known tool is there, its
 * arguments are given out as they come; arguments that stand before the name wait for it. One thread.
 */
final class CallObject {
    /** How far it is. */
    enum State {
        /** Goes on. */
        OPEN,
        /** The call was complete and has been given out. */
        CALLED,
        /** This is no call, and nothing was given out. */
        NO_CALL,
        /** It was given out and came to nothing. */
        BROKEN
    }

    /** Keys of things that say nothing about the call itself. */
    private static final Set<String> IGNORED = Set.of("id", "type", "tool_call_id", "index");

    private final Keys keys;
    private final Tools tools;
    private final JsonFollower json = new JsonFollower(2);
    private final StringBuilder written;
    /** The key or value at the top of the object that is being read. */
    private final StringBuilder member = new StringBuilder();

    private String key = "";
    private String name;
    /** Arguments that came before the name. */
    private String waiting;

    private OpenCall call;
    private boolean streaming;
    private boolean whole;
    /** Length of what was written when the arguments were complete. */
    private int wholeAt;

    /**
     * Names of the members that count.
     *
     * @param name of the tool; empty when the tool's name is itself the key of the arguments. Of several the first is the
     *     one that grammars write
     * @param arguments of its arguments, an object or the text of one
     * @param before members that grammars write before these, in GBNF, with the comma behind them; may be empty
     */
    record Keys(List<String> name, List<String> arguments, String before) {
        static final Keys USUAL = new Keys(List.of("name"), List.of("arguments", "parameters"));
        static final Keys TOOL = new Keys(List.of(), List.of());

        Keys {
            name = List.copyOf(name);
            arguments = List.copyOf(arguments);
        }

        Keys(List<String> name, List<String> arguments) {
            this(name, arguments, "");
        }

        boolean toolIsKey() {
            return name.isEmpty();
        }
    }

    /** @param written what of the call stood before, marks included; what is read is added */
    CallObject(Keys keys, Tools tools, StringBuilder written) {
        this.keys = keys;
        this.tools = tools;
        this.written = written;
    }

    State read(Input in, Pieces out) {
        StringBuilder more = new StringBuilder();
        State state = State.OPEN;
        while (state == State.OPEN && !in.isEmpty()) {
            char c = in.next();
            written.append(c);
            state = next(c, more, out);
        }
        if (state == State.OPEN && call != null) call.arguments(more.toString());
        if (state == State.OPEN && in.ended()) state = failed();
        return state == State.BROKEN && whole ? calledBefore(in) : state;
    }

    private State next(char c, StringBuilder more, Pieces out) {
        String text = json.text(c);
        boolean inMember = inMember();
        boolean bare = json.place() == JsonFollower.Place.IN_SCALAR && json.depth() == 1;
        var before = json.place();
        json.accept(c);
        if (json.failed()) return failed(more);
        boolean starts = !inMember && inMember();
        if (starts) member.setLength(0);
        // A number or word ends before the character that ends it.
        boolean part = inMember ? !bare || inMember() : starts;
        if (part) member.append(text);
        if (starts && json.inObject() && json.depth() == 2 && isArguments() && name != null) begin(out);
        if (streaming && part) more.append(text);
        if (inMember && !inMember() && !memberEnded(before)) return failed(more);
        if (!json.done()) return State.OPEN;
        return finished(more, out);
    }

    /** Whether it stands in a key or value of the object itself. */
    private boolean inMember() {
        return switch (json.place()) {
            case IN_KEY, IN_STRING, IN_SCALAR -> true;
            default -> json.depth() > 1;
        };
    }

    private boolean isArguments() {
        boolean named = keys.toolIsKey() ? key.equals(name) : keys.arguments().contains(key);
        return named && waiting == null && !whole;
    }

    private void begin(Pieces out) {
        call = out.begin(name);
        streaming = true;
    }

    /** Whether the object may still be a call. */
    private boolean memberEnded(JsonFollower.Place before) {
        if (before == JsonFollower.Place.IN_KEY) {
            key = text(member.toString());
            return keyBelongs();
        }
        if (streaming) {
            streaming = false;
            whole = true;
            wholeAt = written.length();
            return true;
        }
        if (keys.name().contains(key) && name == null) {
            name = text(member.toString());
            return tools.known(name);
        }
        if (isArguments()) waiting = member.toString();
        return true;
    }

    /** Whether a call may have the key that was read: each of its own once. */
    private boolean keyBelongs() {
        if (keys.toolIsKey()) {
            if (name == null && tools.known(key)) name = key;
            return key.equals(name) && !whole;
        }
        if (keys.name().contains(key)) return name == null;
        if (keys.arguments().contains(key)) return waiting == null && !whole;
        return IGNORED.contains(key);
    }

    private State finished(StringBuilder more, Pieces out) {
        if (call == null) {
            if (name == null) return State.NO_CALL;
            String arguments = waiting == null ? "{}" : object(waiting);
            if (JsonReader.object(arguments).isEmpty()) return State.NO_CALL;
            call = out.begin(name);
            more.append(arguments);
        }
        call.arguments(more.toString());
        call.complete(written);
        return State.CALLED;
    }

    private State failed(StringBuilder more) {
        if (call != null) call.arguments(more.toString());
        return failed();
    }

    private State failed() {
        if (call == null) return State.NO_CALL;
        if (!whole) call.broken(written);
        return State.BROKEN;
    }

    /** The arguments were complete before something came that does not belong there: that is read again. */
    private State calledBefore(Input in) {
        in.giveBack(written.substring(wholeAt));
        written.setLength(wholeAt);
        call.complete(written);
        return State.CALLED;
    }

    /** Some models write the arguments as the text of a JSON object, or null for none. */
    private static String object(String value) {
        if (value.equals("null")) return "{}";
        return value.startsWith("\"") ? text(value) : value;
    }

    /** The text that a JSON string stands for. */
    private static String text(String quoted) {
        Map<String, Object> read = JsonReader.object("{\"t\":" + quoted + "}").orElse(Map.of());
        return read.get("t") instanceof String text ? text : "";
    }
}
