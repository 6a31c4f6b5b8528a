package dev.paddock.prompt.jinja;

import java.util.Collections;
import java.util.List;

/**
 * The part of a text that a search looks at.
 *
 * @param text all of it
 * @param from where the part begins
 * @param to where it ends
 * @param empty whether it begins behind its end, where not even the empty text is found
 */
record TextRange(String text, int from, int to, boolean empty) {
    /** The part from the second argument to the third. */
    static TextRange of(String text, CallArguments arguments) {
        Object start = arguments.get(1, null);
        Object end = arguments.get(2, null);
        if (start == null && end == null) return new TextRange(text, 0, text.length(), false);
        int length = text.codePointCount(0, text.length());
        var cut = Slices.Cut.of(start, end, null, length);
        boolean empty = cut.start() > cut.stop() || (start != null && Numbers.index(start, "start") > length);
        int from = text.offsetByCodePoints(0, cut.start());
        return new TextRange(text, from, Math.max(from, text.offsetByCodePoints(0, cut.stop())), empty);
    }

    /** Where a text begins in all of it, in code points; -1 = not in the part. */
    long find(Run run, String wanted, boolean last) {
        if (empty) return -1;
        int at = last
                ? TextSearch.last(run, text, wanted, to - wanted.length())
                : TextSearch.first(run, text, wanted, from);
        return at < from || at + wanted.length() > to ? -1 : text.codePointCount(0, at);
    }

    /** How often a text is there without overlapping. */
    long count(Run run, String wanted) {
        if (empty) return 0;
        if (wanted.isEmpty()) return text.codePointCount(from, to) + 1;
        long count = 0;
        int at = TextSearch.first(run, text, wanted, from);
        while (at >= 0 && at + wanted.length() <= to) {
            count++;
            at = TextSearch.first(run, text, wanted, at + wanted.length());
        }
        return count;
    }

    /** Whether the part begins or ends with a text, or one of a tuple of texts. */
    boolean hasAffix(Object affixes, boolean atEnd) {
        String part = text.substring(from, to);
        for (Object affix : affixes instanceof Tuple tuple ? tuple : one(affixes)) {
            String wanted = Text.require(affix, atEnd ? "endswith first arg" : "startswith first arg");
            if (!empty && (atEnd ? part.endsWith(wanted) : part.startsWith(wanted))) return true;
        }
        return false;
    }

    private static List<Object> one(Object value) {
        return Collections.singletonList(value);
    }
}
