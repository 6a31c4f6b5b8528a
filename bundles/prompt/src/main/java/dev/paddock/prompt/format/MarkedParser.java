package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;

/** Reads an answer stretch by stretch. */
final class MarkedParser implements OutputParser {
    private final Input in = new Input();
    private final Pieces out = new Pieces();
    private Stretch stretch;

    /** @param first reads the beginning */
    MarkedParser(Stretch first) {
        this.stretch = first;
    }

    @Override
    public List<OutputPiece> accept(String text) {
        in.add(text);
        run();
        return out.taken();
    }

    @Override
    public List<OutputPiece> finish() {
        in.end();
        run();
        // Whatever a stretch may have left is the user's to see.
        out.text(Kind.CONTENT, in.take(in.length()));
        return out.taken();
    }

    private void run() {
        for (Stretch next = stretch.read(in, out); next != stretch; next = stretch.read(in, out)) stretch = next;
    }
}
