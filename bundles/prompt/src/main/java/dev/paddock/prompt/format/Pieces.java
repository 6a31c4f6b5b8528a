package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;

/** What was read of an answer and not given out yet. Text of one kind that follows text is one piece. One thread. */
final class Pieces {
    private List<OutputPiece> out = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Kind kind = Kind.CONTENT;
    private int calls;

    void text(Kind of, CharSequence more) {
        if (more.isEmpty()) return;
        if (of != kind) flush();
        kind = of;
        text.append(more);
    }

    /** A call of a known tool begins. */
    OpenCall begin(String name) {
        flush();
        var call = new OpenCall(this, calls++, CallId.random(), name);
        out.add(new OutputPiece.CallBegun(call.index(), call.id(), name));
        return call;
    }

    void add(OutputPiece piece) {
        flush();
        out.add(piece);
    }

    List<OutputPiece> taken() {
        flush();
        var taken = out;
        out = new ArrayList<>();
        return taken;
    }

    private void flush() {
        if (text.isEmpty()) return;
        String all = text.toString();
        out.add(kind == Kind.THINKING ? new OutputPiece.Thinking(all) : new OutputPiece.Content(all));
        text.setLength(0);
    }
}
