package dev.paddock.cli.template;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.template.Outcome.Why;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Renders a template for each line that comes in. What is done is written when no further line is there yet, so that
 * somebody who waits for an answer gets it, and many lines go out together.
 */
final class Batch {
    /** Bytes; templates may be large, and contexts larger. */
    static final int LONGEST_LINE = 8 << 20;

    private final ByteLines lines;
    private final PrintStream out;
    private final OutcomeJson json;
    private final BatchRendering rendering = new BatchRendering();

    Batch(InputStream in, PrintStream out) {
        this.lines = new ByteLines(in, LONGEST_LINE);
        this.out = out;
        this.json = new OutcomeJson(out);
    }

    /**
     * Goes on to the end of the input.
     *
     * @throws Failure when nobody takes what it writes
     */
    void run() throws IOException {
        while (true) {
            if (!lines.ready()) flush();
            byte[] line = lines.next();
            if (line == null) break;
            json.write(outcome(line));
        }
        flush();
    }

    private void flush() {
        if (out.checkError()) throw new Failure("standard output is closed; the rest is not rendered");
    }

    private Outcome outcome(byte[] line) {
        if (line != ByteLines.TOO_LONG) return rendering.render(line);
        return new Outcome.Failed(Why.INPUT, "the line is longer than " + LONGEST_LINE + " bytes");
    }
}
