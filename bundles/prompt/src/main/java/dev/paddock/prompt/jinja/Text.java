package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Strings as in Python: white space, lines, splitting, case; positions count code points. */
final class Text {
    private Text() {}

    static boolean isSpace(char c) {
        return c == ' '
                || (c >= 9 && c <= 13)
                || (c >= 0x1c && c <= 0x1f)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    private static boolean endsLine(char c) {
        return c == '\n'
                || c == '\r'
                || c == 0x0b
                || c == 0x0c
                || (c >= 0x1c && c <= 0x1e)
                || c == 0x85
                || c == 0x2028
                || c == 0x2029;
    }

    /** The text of a value that must be text. */
    static String require(Object value, String what) {
        Undefined.require(value);
        if (!Values.isText(value)) {
            throw new TemplateException(what + " must be str, not " + Values.typeName(value));
        }
        return value.toString();
    }

    static List<Object> characters(String text) {
        List<Object> characters = new ArrayList<>(text.length());
        text.codePoints().forEach(c -> characters.add(Character.toString(c)));
        return characters;
    }

    static String strip(String text, String set, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && strips(text.codePointAt(start), set)) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && strips(text.codePointBefore(end), set)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean strips(int c, String set) {
        return set == null ? c < 0x10000 && isSpace((char) c) : set.indexOf(c) >= 0;
    }

    /** {@code str.title()}: words are runs of letters. */
    static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = isCased(c);
        }
        return out.toString();
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    static String capitalize(String text) {
        if (text.isEmpty()) return text;
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    /** Replaces the first occurrences, all with a negative {@code most}. */
    static String replace(Run run, String text, String from, String to, int most) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        int copied = 0;
        if (from.isEmpty()) {
            for (int i = 0; i <= text.length(); i = i < text.length() ? text.offsetByCodePoints(i, 1) : i + 1) {
                run.append(out, text.substring(copied, i));
                copied = i;
                if (most < 0 || done++ < most) run.append(out, to);
            }
            return out.toString();
        }
        for (int i = text.indexOf(from); i >= 0 && (most < 0 || done < most); i = text.indexOf(from, copied)) {
            run.append(out, text.substring(copied, i));
            run.append(out, to);
            copied = i + from.length();
            done++;
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    static List<Object> split(String text, String separator, int most) {
        if (separator.isEmpty()) throw new TemplateException("empty separator");
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, start)) {
            if (most >= 0 && parts.size() >= most) break;
            parts.add(text.substring(start, i));
            start = i + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    static List<Object> splitFromRight(String text, String separator, int most) {
        if (separator.isEmpty()) throw new TemplateException("empty separator");
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int i = text.lastIndexOf(separator); i >= 0; i = text.lastIndexOf(separator, end - separator.length())) {
            if (most >= 0 && parts.size() >= most) break;
            parts.add(text.substring(i + separator.length(), end));
            end = i;
            if (end < separator.length()) break;
        }
        parts.add(text.substring(0, end));
        return new ArrayList<>(parts.reversed());
    }

    static List<Object> splitSpace(String text, int most) {
        List<Object> parts = new ArrayList<>();
        int start = nextWord(text, 0);
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !isSpace(text.charAt(end))) end++;
            if (most >= 0 && parts.size() >= most) end = text.length();
            parts.add(text.substring(start, end));
            start = nextWord(text, end);
        }
        return parts;
    }

    private static int nextWord(String text, int from) {
        int start = from;
        while (start < text.length() && isSpace(text.charAt(start))) start++;
        return start;
    }

    static List<Object> splitSpaceFromRight(String text, int most) {
        List<Object> parts = new ArrayList<>();
        int end = wordEnd(text, text.length());
        while (end > 0) {
            int start = end;
            while (start > 0 && !isSpace(text.charAt(start - 1))) start--;
            if (most >= 0 && parts.size() >= most) start = 0;
            parts.add(text.substring(start, end));
            end = wordEnd(text, start);
        }
        return new ArrayList<>(parts.reversed());
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end > 0 && isSpace(text.charAt(end - 1))) end--;
        return end;
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int next = i + 1;
            if (endsLine(c)) {
                if (c == '\r' && next < text.length() && text.charAt(next) == '\n') next++;
                lines.add(text.substring(start, keepEnds ? next : i));
                start = next;
            }
            i = next;
        }
        if (start < text.length()) lines.add(text.substring(start));
        return lines;
    }
}
