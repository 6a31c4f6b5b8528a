package dev.paddock.console.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rows in columns, three blanks apart, left aligned; and the figures in them. */
final class Table {
    private static final String GAP = "   ";
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row. Characters that steer a terminal are left out: names come from strangers. */
    void row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) row.add(STEERING.matcher(cell).replaceAll(""));
        rows.add(row);
    }

    /** The rows, or these words when there are none. */
    String orElse(String words) {
        return rows.size() == 1 ? words : toString();
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    /** Bytes in decimal units, as everywhere in Paddock: {@code 4.2 GB}. */
    static String bytes(long bytes) {
        double value = Math.max(0, bytes);
        int unit = 0;
        for (; value >= 1000 && unit < UNITS.length - 1; unit++) value /= 1000;
        return String.format(Locale.ROOT, unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** How long until then, in the largest unit that fits: {@code 4m}. */
    static String until(Instant then, Instant now) {
        Duration left = Duration.between(now, then);
        if (left.isNegative()) return "now";
        if (left.toHours() >= 2) return left.toHours() + "h";
        return left.toMinutes() >= 2 ? left.toMinutes() + "m" : left.toSeconds() + "s";
    }
}
