package dev.paddock.itest.conformance;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of a page that are pleasant to read unrendered too. */
final class Markdown {
    private static final int WIDTH = 120;

    private Markdown() {}

    /** A row of a table. */
    static void row(StringBuilder text, String first, Stream<String> others) {
        text.append(others.collect(Collectors.joining(" | ", "| " + first + " | ", " |\n")));
    }

    /** An item of a list, broken between words; what does not fit goes on below, indented. */
    static void wrap(StringBuilder text, String item) {
        int column = 0;
        for (String word : item.split(" ")) {
            boolean full = column > 0 && column + 1 + word.length() > WIDTH;
            String before = full ? "\n  " : column > 0 ? " " : "";
            text.append(before).append(word);
            column = (full ? 2 : column + before.length()) + word.length();
        }
        text.append('\n');
    }
}
