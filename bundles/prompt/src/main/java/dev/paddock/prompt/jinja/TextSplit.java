package dev.paddock.prompt.jinja;

import java.util.Collections;

/** {@code str.split} and its relatives. */
final class TextSplit {
    private TextSplit() {}

    /** The parts between separators, or words when there is none; at most so many cuts, any number with -1. */
    static MadeList left(Run run, String text, Object separator, int most) {
        if (separator == null) return words(run, text, most);
        String between = separator(separator);
        MadeList parts = new MadeList();
        int start = 0;
        while (most < 0 || parts.size() < most) {
            int at = TextSearch.first(run, text, between, start);
            if (at < 0) break;
            run.part(parts, text.substring(start, at));
            start = at + between.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The same, cut from the right. */
    static MadeList right(Run run, String text, Object separator, int most) {
        if (separator == null) return wordsFromRight(run, text, most);
        String between = separator(separator);
        MadeList parts = new MadeList();
        int end = text.length();
        while (most < 0 || parts.size() < most) {
            int at = TextSearch.last(run, text, between, end - between.length());
            if (at < 0) break;
            run.part(parts, text.substring(at + between.length(), end));
            end = at;
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    static Tuple partition(Run run, String text, String separator, boolean right) {
        if (separator.isEmpty()) throw new TemplateException("empty separator");
        int at = right
                ? TextSearch.last(run, text, separator, text.length())
                : TextSearch.first(run, text, separator, 0);
        if (at < 0) return right ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static String separator(Object separator) {
        String between = Text.require(separator, "sep");
        if (between.isEmpty()) throw new TemplateException("empty separator");
        return between;
    }

    private static MadeList words(Run run, String text, int most) {
        MadeList parts = new MadeList();
        int start = nextWord(text, 0);
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !Text.isSpace(text.charAt(end))) end++;
            if (most >= 0 && parts.size() >= most) end = text.length();
            run.part(parts, text.substring(start, end));
            start = nextWord(text, end);
        }
        return parts;
    }

    private static int nextWord(String text, int from) {
        int start = from;
        while (start < text.length() && Text.isSpace(text.charAt(start))) start++;
        return start;
    }

    private static MadeList wordsFromRight(Run run, String text, int most) {
        MadeList parts = new MadeList();
        int end = wordEnd(text, text.length());
        while (end > 0) {
            int start = end;
            while (start > 0 && !Text.isSpace(text.charAt(start - 1))) start--;
            if (most >= 0 && parts.size() >= most) start = 0;
            run.part(parts, text.substring(start, end));
            end = wordEnd(text, start);
        }
        Collections.reverse(parts);
        return parts;
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end > 0 && Text.isSpace(text.charAt(end - 1))) end--;
        return end;
    }
}
