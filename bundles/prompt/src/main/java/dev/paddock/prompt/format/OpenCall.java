package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.json.JsonReader;
import java.util.Collections;

/**
 * A call that has begun and can no longer be taken back: its arguments are given out while they come. Whoever reads it
 * ends it once, with {@link #complete} or {@link #broken}. One thread.
 */
final class OpenCall {
    private final Pieces out;
    private final int index;
    private final String id;
    private final String name;
    private final StringBuilder json = new StringBuilder();

    OpenCall(Pieces out, int index, String id, String name) {
        this.out = out;
        this.index = index;
        this.id = id;
        this.name = name;
    }

    int index() {
        return index;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /** More of the JSON object of arguments. */
    void arguments(String more) {
        if (more.isEmpty()) return;
        json.append(more);
        out.add(new OutputPiece.CallArguments(index, more));
    }

    /**
     * The arguments are complete.
     *
     * @param written all that the model wrote of the call, in case they are no JSON object after all
     */
    void complete(CharSequence written) {
        var arguments = JsonReader.object(json.toString());
        if (arguments.isEmpty()) broken(written);
        else {
            var all = Collections.unmodifiableMap(arguments.get());
            out.add(new OutputPiece.Call(index, new ToolCall(id, name, all)));
        }
    }

    /** @param written all that the model wrote of the call, marks included */
    void broken(CharSequence written) {
        out.add(new OutputPiece.CallBroken(index, written.toString()));
    }
}
