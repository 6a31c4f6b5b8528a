package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonReader;
import java.util.Map;

/**
 * Reads the arguments of a call whose name is known, while they are written: a JSON object, the text of one as a JSON
 * string, or nothing at all for none. One thread.
 */
final class ArgumentsReader {
    private final OpenCall call;
    private final StringBuilder written;
    private final int start;
    private final JsonFollower json = new JsonFollower();
    /** All of a JSON string. */
    private final StringBuilder quoted = new StringBuilder();

    private boolean over;

    /** @param written what of the call stood before, marks included; what is read is added */
    ArgumentsReader(OpenCall call, StringBuilder written) {
        this.call = call;
        this.written = written;
        this.start = written.length();
    }

    /** Whether they are over, and the call has been ended; what follows them stays in the input. */
    boolean read(Input in) {
        StringBuilder more = new StringBuilder();
        while (!over && !in.isEmpty()) next(in, more);
        if (!over && in.ended()) broken(more);
        give(more);
        return over;
    }

    private void next(Input in, StringBuilder more) {
        char c = in.at(0);
        if (written.length() == start && c != '{' && c != '"') {
            more.append("{}");
            ended(more);
            return;
        }
        boolean string = c == '"' && written.length() == start || !quoted.isEmpty();
        String text = json.text(c);
        json.accept(c);
        if (json.failed()) {
            broken(more);
            return;
        }
        in.drop(1);
        written.append(c);
        (string ? quoted : more).append(text);
        if (json.done()) ended(more);
    }

    private void ended(StringBuilder more) {
        if (!quoted.isEmpty()) more.append(unquoted());
        if (!quoted.isEmpty() && more.isEmpty()) {
            broken(more);
            return;
        }
        over = true;
        give(more);
        call.complete(written);
    }

    private void broken(StringBuilder more) {
        over = true;
        give(more);
        call.broken(written);
    }

    private void give(StringBuilder more) {
        call.arguments(more.toString());
        more.setLength(0);
    }

    /** The object that the string stands for, none at all being an empty one; empty when it stands for anything else. */
    private String unquoted() {
        Map<String, Object> read = JsonReader.object("{\"t\":" + quoted + "}").orElse(Map.of());
        String text = read.get("t") instanceof String inner ? inner.strip() : "?";
        if (text.isEmpty()) return "{}";
        return JsonReader.object(text).isPresent() ? text : "";
    }
}
