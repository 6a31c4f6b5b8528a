package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was read of an answer and not given out yet. Text of one kind that follows text is one piece. One thread. */
final class Pieces {
    private List<OutputPiece> out = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Kind kind = Kind.CONTENT;
    private final Set<String> ids = new HashSet<>();
    /** Of which kinds text was given out. */
    private final Set<Kind> given = EnumSet.noneOf(Kind.class);
    /** Of which kind the next text is to stand apart from what was before. */
    private Kind apart;

    private int calls;

    void text(Kind of, CharSequence more) {
        if (more.isEmpty()) return;
        if (of != kind) flush();
        kind = of;
        boolean first = given.add(of);
        if (of == apart && !first) text.append("\n\n");
        if (of == apart) apart = null;
        text.append(more);
    }

    /** The next text of this kind begins a paragraph: it belongs to another message than the text before. */
    void paragraph(Kind of) {
        apart = of;
    }

    /** A call of a known tool begins. */
    OpenCall begin(String name) {
        return begin(name, CallId.random());
    }

    /** A call of a known tool begins that the model gave a name, which counts unless another call has it. */
    OpenCall begin(String name, String wanted) {
        flush();
        String id = ids.contains(wanted) ? CallId.random() : wanted;
        ids.add(id);
        var call = new OpenCall(this, calls++, id, name);
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
