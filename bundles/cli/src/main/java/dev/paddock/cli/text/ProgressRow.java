package dev.paddock.cli.text;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * One step of a task as a line: {@code pulling 0123456789ab:  42% ▕██████      ▏ 1.2 GB/2.0 GB   45 MB/s     18s}, or
 * without a measure the text and a turning wheel.
 */
final class ProgressRow {
    private static final String WHEEL = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    /** The rate is that of the last seconds. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Duration PIECE = Duration.ofMillis(500);
    private static final int NARROWEST_BAR = 6;
    private static final Duration VERY_LONG = Duration.ofHours(100);

    private record Sample(long nanos, long done) {}

    private final String text;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long done;
    private long total;
    private boolean over;

    ProgressRow(String text) {
        this.text = text;
    }

    void at(long nowDone, long nowTotal, long nanos) {
        total = nowTotal;
        done = Math.clamp(nowDone, 0, Math.max(0, nowTotal));
        boolean due = samples.isEmpty() || nanos - samples.getLast().nanos >= PIECE.toNanos();
        if (due) samples.addLast(new Sample(nanos, done));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW.toNanos()) samples.removeFirst();
    }

    /** Another step has begun, so that one without a measure is done. */
    void over() {
        over = true;
    }

    /** Whether it will not change any more. */
    boolean still() {
        return total > 0 ? done == total : over;
    }

    /** For streams that are no terminal. */
    String plain() {
        if (total == 0) return text;
        return text + ": " + percent() + "% of " + Figures.bytes(total);
    }

    /** At most that wide; digests are shortened. */
    String drawn(int columns, long nanos) {
        String name = text.replaceAll("(sha256:[0-9a-f]{12})[0-9a-f]{52}", "$1");
        if (total == 0) return fit(name, columns - 2) + (over ? "" : " " + wheel(nanos));
        String left = name + ": " + String.format(Locale.ROOT, "%3d%% ", percent());
        String right = figures(nanos);
        int bar = columns - left.length() - right.length() - 2;
        if (bar < NARROWEST_BAR) return fit(left + right.strip(), columns);
        int full = (int) (bar * done / total);
        return left + "▕" + "█".repeat(full) + " ".repeat(bar - full) + "▏" + right;
    }

    private String figures(long nanos) {
        if (done == total) return String.format(Locale.ROOT, " %7s%24s", Figures.bytes(total), "");
        double rate = rate(nanos);
        String speed = rate < 1 ? "" : Figures.bytes((long) rate) + "/s";
        String left = rate < 1 ? "" : remaining(Duration.ofMillis((long) ((total - done) / rate * 1000)));
        return String.format(
                Locale.ROOT, " %13s %10s %6s", Figures.bytes(done) + "/" + Figures.bytes(total), speed, left);
    }

    private double rate(long nanos) {
        Sample first = samples.getFirst();
        double seconds = (nanos - first.nanos) / 1e9;
        return seconds < 0.5 ? 0 : (done - first.done) / seconds;
    }

    private long percent() {
        return (long) (100.0 * done / total);
    }

    static String remaining(Duration left) {
        if (left.compareTo(VERY_LONG) >= 0) return "99h+";
        if (left.toHours() > 0) return left.toHours() + "h" + left.toMinutesPart() + "m";
        if (left.toMinutes() > 0) return left.toMinutes() + "m" + left.toSecondsPart() + "s";
        return left.toSeconds() + "s";
    }

    private static String wheel(long nanos) {
        int at = Math.floorMod(nanos / ProgressBars.REDRAW.toNanos(), WHEEL.length());
        return WHEEL.substring(at, at + 1);
    }

    private static String fit(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
