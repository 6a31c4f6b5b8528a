package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The steps of a task, one below the other, each with its bar: drawn over and over on a terminal, elsewhere plain lines
 * now and then. Safe for many threads.
 */
public final class ProgressBars implements AutoCloseable {
    static final Duration REDRAW = Duration.ofMillis(100);
    /** How often a measure is told where nothing can be drawn over. */
    private static final Duration PLAIN = Duration.ofSeconds(10);

    private static final int ID_CHARACTERS = 12;
    private static final String SHA = "sha256:";
    private static final String CLEAR = "\u001b[K";

    private final PrintStream out;
    private final Optional<Screen> screen;
    private final LongSupplier nanos;
    private final boolean one;
    private final LinkedHashMap<String, ProgressRow> rows = new LinkedHashMap<>();
    private Thread wheel;
    private int drawnRows;
    private long drawn;
    private boolean closed;

    /**
     * @param terminal whether the stream can be drawn on
     * @param one whether a step takes the line of the one before, for tasks of very many
     */
    public ProgressBars(PrintStream out, boolean terminal, boolean one) {
        this(out, terminal ? Optional.of(Screen.here()) : Optional.empty(), System::nanoTime, one);
        if (terminal) wheel = Thread.ofVirtual().start(this::turn);
    }

    ProgressBars(PrintStream out, Optional<Screen> screen, LongSupplier nanos, boolean one) {
        this.out = out;
        this.screen = screen;
        this.nanos = nanos;
        this.one = one;
        this.drawn = nanos.getAsLong() - (screen.isPresent() ? REDRAW.toNanos() : 0);
    }

    /** A step as the server tells it: {@code status}, perhaps {@code digest}, {@code total} and {@code completed}. */
    public void event(Map<String, Object> line) {
        String status = Json.text(line, "status");
        String digest = Json.text(line, "digest");
        long total = Json.number(line, "total");
        if (total == 0) {
            step(status);
            return;
        }
        String id = digest.startsWith(SHA) ? digest.substring(SHA.length()) : "";
        id = id.substring(0, Math.min(ID_CHARACTERS, id.length()));
        at(status.contains(id) ? status : status + " " + id, Json.number(line, "completed"), total);
    }

    /** A step without a measure. */
    public synchronized void step(String text) {
        if (!rows.containsKey(Table.harmless(text))) draw(row(text), true);
    }

    /** How many bytes of a step are done. Nothing is drawn before the first of them. */
    public synchronized void at(String text, long done, long total) {
        boolean fresh = !rows.containsKey(Table.harmless(text));
        if (fresh && done == 0 && total > 0 && screen.isPresent()) return;
        ProgressRow row = row(text);
        if (fresh && screen.isEmpty() && !one && done < total) out.println(Table.harmless(text));
        boolean was = row.still();
        row.at(done, total, nanos.getAsLong());
        draw(row, row.still() && !was);
    }

    private ProgressRow row(String text) {
        String plain = Table.harmless(text);
        ProgressRow there = rows.get(plain);
        if (there != null) return there;
        if (one) rows.clear();
        rows.values().forEach(ProgressRow::over);
        ProgressRow row = new ProgressRow(plain);
        rows.put(plain, row);
        return row;
    }

    private void draw(ProgressRow row, boolean now) {
        long time = nanos.getAsLong();
        Duration pause = screen.isPresent() ? REDRAW : PLAIN;
        if (!now && time - drawn < pause.toNanos()) return;
        drawn = time;
        if (screen.isPresent()) paint(screen.get(), time);
        else if (!one || !now) out.println(row.plain());
        out.flush();
    }

    /**
     * The lines that fit are drawn where they were before. The cursor stays at the beginning of the last: at its end what
     * the terminal itself writes for Ctrl-C would break the line.
     */
    private void paint(Screen on, long time) {
        List<ProgressRow> all = new ArrayList<>(rows.values());
        List<ProgressRow> shown = all.subList(Math.max(0, all.size() - on.rows() + 1), all.size());
        StringBuilder picture = new StringBuilder("\r");
        if (drawnRows > 1) picture.append("\u001b[").append(drawnRows - 1).append('A');
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) picture.append('\n');
            picture.append(shown.get(i).drawn(on.columns() - 1, time)).append(CLEAR);
        }
        drawnRows = shown.size();
        out.print(picture.append('\r'));
    }

    private void turn() {
        try {
            while (true) {
                Thread.sleep(REDRAW);
                synchronized (this) {
                    if (closed) return;
                    if (!rows.isEmpty()) draw(rows.lastEntry().getValue(), false);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves what was drawn. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        if (wheel != null) wheel.interrupt();
        if (screen.isPresent() && !rows.isEmpty()) {
            rows.values().forEach(ProgressRow::over);
            paint(screen.get(), nanos.getAsLong());
            out.println();
        }
        out.flush();
    }
}
