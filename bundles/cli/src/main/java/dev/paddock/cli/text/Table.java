package dev.paddock.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in columns, four blanks apart, left aligned, without lines. */
public final class Table {
    private static final String GAP = "    ";
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these titles. */
    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row; it has as many cells as there are titles. Characters that steer a terminal are left out. */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().size()) throw new IllegalArgumentException("cells: " + cells.length);
        List<String> row = new ArrayList<>();
        for (String cell : cells) row.add(harmless(cell));
        rows.add(row);
    }

    /** Without the characters that steer a terminal, those of eight bits (C1) and those that turn the direction too. */
    static String harmless(String text) {
        return STEERING.matcher(text).replaceAll("");
    }

    /** All lines, each with a line feed. The last column is not padded. */
    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], length(row.get(i)));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - length(row.get(i))))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
