package dev.paddock.hygiene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goes through one text, its first and its last {@value #EDGE} characters only: there programs write what changes, and
 * looking farther would cost time with every request. One thread.
 */
final class Cleaning {
    private static final int EDGE = 2000;

    private record Found(Fragment fragment, Rule rule) {}

    private final String text;
    private final Rules rules;
    private final List<Found> found = new ArrayList<>();

    private Cleaning(String text, Rules rules) {
        this.text = text;
        this.rules = rules;
    }

    /**
     * A text without what changes.
     *
     * @param text what is left
     * @param moved what is to be said elsewhere
     * @param done names of the kinds that were found, by what was done with them
     */
    record Cleaned(String text, List<String> moved, Map<Action, Set<String>> done) {}

    /** Empty when nothing was found. */
    static Optional<Cleaned> of(String text, Rules rules) {
        var cleaning = new Cleaning(text, rules);
        int head = cleaning.lines(0, Math.min(EDGE, text.length()));
        int tail = Math.max(head, text.length() - EDGE);
        int line = tail == head ? head : text.indexOf('\n', tail - 1) + 1;
        if (line >= head && line < text.length()) cleaning.lines(line, text.length());
        return cleaning.found.isEmpty() ? Optional.empty() : Optional.of(cleaning.cleaned());
    }

    /** All lines that begin within a stretch; gives where the next one begins. */
    private int lines(int from, int to) {
        int start = from;
        while (start < to) {
            int lineBreak = text.indexOf('\n', start);
            int end = lineBreak < 0 ? text.length() : lineBreak;
            line(start, end);
            start = end + 1;
        }
        return start;
    }

    private void line(int start, int end) {
        for (int at = start; at < end; ) {
            var next = first(at, end);
            if (next.isEmpty()) return;
            found.add(next.get());
            at = next.get().fragment().end();
        }
    }

    private Optional<Found> first(int start, int end) {
        for (Rule rule : rules.rules()) {
            var fragment = rule.finder().find(text, start, end);
            if (fragment.isPresent()) return Optional.of(new Found(fragment.get(), rule));
        }
        return Optional.empty();
    }

    private Cleaned cleaned() {
        StringBuilder left = new StringBuilder(text.length());
        List<String> moved = new ArrayList<>();
        Map<Action, Set<String>> done = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < found.size(); i++) {
            Rule rule = found.get(i).rule();
            Fragment fragment = found.get(i).fragment();
            left.append(text, at, fragment.start());
            boolean lasts =
                    rule.action() == Action.NORMALISE && !fragment.lasting().isEmpty();
            if (lasts) left.append(fragment.lasting());
            at = lasts ? fragment.end() : end(fragment, left);
            if (rule.action() == Action.MOVE && !untrueNow(i))
                moved.add(text.substring(fragment.start(), fragment.end()).strip());
            done.computeIfAbsent(rule.action(), _ -> new TreeSet<>()).add(rule.name());
        }
        left.append(text, at, text.length());
        return new Cleaned(left.toString(), moved, done);
    }

    /** With a line that goes whole its line break goes too. */
    private int end(Fragment fragment, StringBuilder left) {
        boolean fromStart = left.isEmpty() || left.charAt(left.length() - 1) == '\n';
        boolean toEnd = fragment.end() < text.length() && text.charAt(fragment.end()) == '\n';
        return fromStart && toEnd ? fragment.end() + 1 : fragment.end();
    }

    private boolean untrueNow(int index) {
        Rule rule = found.get(index).rule();
        return rule.lastOnly()
                && found.stream().skip(index + 1L).anyMatch(later -> later.rule()
                        .equals(rule));
    }
}
