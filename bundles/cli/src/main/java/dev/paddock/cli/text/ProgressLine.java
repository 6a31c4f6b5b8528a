package dev.paddock.cli.text;

import java.io.PrintStream;

/** One line that is drawn over and over on a terminal; elsewhere each new step is a line of its own. */
public final class ProgressLine implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String step = "";
    private long drawn;

    /** @param terminal whether the stream can be drawn on */
    public ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A step without a measure. */
    public void step(String text) {
        String plain = Table.harmless(text);
        if (!terminal && !plain.equals(step)) out.println(plain);
        if (terminal) out.print(CLEAR + plain);
        out.flush();
        step = plain;
    }

    /** How far a step has come. */
    public void at(String text, long done, long total) {
        long now = System.nanoTime();
        boolean due = done >= total || now - drawn > REDRAW_NANOS;
        if (!terminal && !text.equals(step)) step(text);
        if (!terminal || !due) return;
        drawn = now;
        long percent = total == 0 ? 100 : done * 100 / total;
        step(text + " " + percent + "% (" + Figures.bytes(done) + " of " + Figures.bytes(total) + ")");
    }

    @Override
    public void close() {
        if (terminal) out.println();
        out.flush();
    }
}
