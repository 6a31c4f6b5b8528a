package dev.paddock.prompt.jinja;

import java.util.BitSet;
import java.util.Iterator;

/** Strings as in Python: white space, lines, characters; positions count code points. */
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

    static boolean isSpace(int c) {
        return c < 0x10000 && isSpace((char) c);
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

    /** Whether Python prints it as it is in a {@code repr}. */
    static boolean isPrintable(int c) {
        if (c < 0x7f) return c >= 0x20;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A letter, digit or underscore: what a word of a regular expression is made of. */
    static boolean isWordPart(int c) {
        return c == '_'
                || Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    /** The text of a value that must be text. */
    static String require(Object value, String what) {
        if (value instanceof String text) return text;
        Undefined.require(value);
        if (!Values.isText(value)) {
            throw new TemplateException(what + " must be str, not " + Values.typeName(value));
        }
        return value.toString();
    }

    /** The text of a value that a filter makes lines or words of; other values have no such method. */
    static String required(Object value, String method) {
        Undefined.require(value);
        if (Values.isText(value)) return value.toString();
        throw new TemplateException("'" + Values.typeName(value) + "' object has no attribute '" + method + "'");
    }

    /** The characters of a text, one text each. */
    static Iterator<String> characters(String text) {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < text.length();
            }

            @Override
            public String next() {
                int c = text.codePointAt(at);
                at += Character.charCount(c);
                return Character.toString(c);
            }
        };
    }

    /** Without white space, or characters of a set, at one or both ends. */
    static String strip(String text, String set, boolean left, boolean right) {
        BitSet strips = set == null ? null : set.codePoints().collect(BitSet::new, BitSet::set, BitSet::or);
        int start = 0;
        int end = text.length();
        while (left && start < end && strips(text.codePointAt(start), strips)) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && strips(text.codePointBefore(end), strips)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean strips(int c, BitSet set) {
        return set == null ? isSpace(c) : set.get(c);
    }

    /** Replaces the first occurrences, all with a negative {@code most}. */
    static String replace(Run run, String text, String from, String to, int most) {
        if (from.isEmpty()) return spread(run, text, to, most);
        StringBuilder out = new StringBuilder();
        int done = 0;
        int copied = 0;
        for (int i = TextSearch.first(run, text, from, 0);
                i >= 0 && (most < 0 || done < most);
                i = TextSearch.first(run, text, from, copied)) {
            run.append(out, text.substring(copied, i));
            run.append(out, to);
            copied = i + from.length();
            done++;
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    /** A text between all characters, and before and behind them. */
    private static String spread(Run run, String text, String between, int most) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int done = 0; most < 0 || done < most; done++) {
            run.append(out, between);
            if (copied >= text.length()) return out.toString();
            int next = text.offsetByCodePoints(copied, 1);
            out.append(text, copied, next);
            copied = next;
        }
        return out.append(text, copied, text.length()).toString();
    }

    static MadeList lines(Run run, String text, boolean keepEnds) {
        MadeList lines = new MadeList();
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int next = i + 1;
            if (endsLine(c)) {
                if (c == '\r' && next < text.length() && text.charAt(next) == '\n') next++;
                run.part(lines, text.substring(start, keepEnds ? next : i));
                start = next;
            }
            i = next;
        }
        if (start < text.length()) lines.add(text.substring(start));
        return lines;
    }
}
