package dev.paddock.prompt.format;

import java.util.Locale;
import java.util.Optional;

/**
 * The text that a Python string literal stands for, character by character (section 2.4.1 of Python's reference).
 * Escapes that Python does not know stay as they are, as there; line breaks may stand in any string, as models write
 * them. One thread.
 */
final class PythonText {
    private static final String SIMPLE = "\\'\"abfnrtv";
    private static final String MEANINGS = "\\'\"\u0007\b\f\n\r\t\u000b";
    private static final int MOST_PREFIX = 2;

    private final boolean raw;
    private final StringBuilder text = new StringBuilder();
    /** An escape that has begun, from its backslash on. */
    private final StringBuilder escape = new StringBuilder();

    PythonText(boolean raw) {
        this.raw = raw;
    }

    /**
     * How a literal begins.
     *
     * @param quotes one or three, which also end it
     * @param raw whether backslashes mean nothing
     * @param length of prefix and quotes
     */
    record Opening(String quotes, boolean raw, int length) {}

    /** The opening of a literal at an index of a text that goes on for three characters behind it, or is whole. */
    static Optional<Opening> opening(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && at - from < MOST_PREFIX && "rRbBuUfF".indexOf(text.charAt(at)) >= 0) at++;
        if (at >= text.length() || "'\"".indexOf(text.charAt(at)) < 0) return Optional.empty();
        String one = String.valueOf(text.charAt(at));
        String three = one.repeat(3);
        boolean triple = at + three.length() <= text.length()
                && text.subSequence(at, at + three.length()).toString().equals(three);
        String quotes = triple ? three : one;
        boolean raw =
                text.subSequence(from, at).toString().toLowerCase(Locale.ROOT).contains("r");
        return Optional.of(new Opening(quotes, raw, at - from + quotes.length()));
    }

    /** Whether the next character belongs to an escape, even a quote. */
    boolean escaping() {
        return escape.length() == 1;
    }

    /** The rest of the text; the string ends here. */
    String rest() {
        if (!escape.isEmpty()) cutEscape();
        return taken();
    }

    /** What is certain of what has been read since it was asked last. */
    String taken() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    /** Takes in a character that stands for itself. */
    void literal(char c) {
        if (!escape.isEmpty()) cutEscape();
        text.append(c);
    }

    void accept(char c) {
        if (escape.isEmpty()) {
            if (c == '\\') escape.append(c);
            else text.append(c);
            return;
        }
        if (raw) {
            text.append(escape).append(c);
            escape.setLength(0);
        } else if (!escaped(c)) accept(c);
    }

    /** Takes in a character of an escape; false when the escape had ended before it. */
    private boolean escaped(char c) {
        char kind = escape.length() == 1 ? c : escape.charAt(1);
        if (escape.length() == 1) {
            if (kind == '\n') return end("");
            if (SIMPLE.indexOf(kind) >= 0) return end(String.valueOf(MEANINGS.charAt(SIMPLE.indexOf(kind))));
            if ("xuU01234567".indexOf(kind) < 0) return end("\\" + kind);
            escape.append(c);
            return true;
        }
        int radix = Character.isDigit(kind) ? 8 : 16;
        if (c > 'f' || Character.digit(c, radix) < 0) {
            cutEscape();
            return false;
        }
        escape.append(c);
        return escape.length() < length(kind) || end(character(radix == 8 ? 1 : 2, radix));
    }

    /** Octal digits may be fewer; other escapes that end too early are text. */
    private void cutEscape() {
        boolean octal = escape.length() > 1 && Character.isDigit(escape.charAt(1));
        end(octal ? character(1, 8) : escape.toString());
    }

    /** Characters of a whole escape of this kind. */
    private static int length(char kind) {
        return switch (kind) {
            case 'x', '0', '1', '2', '3', '4', '5', '6', '7' -> 4;
            case 'u' -> 6;
            default -> 10;
        };
    }

    private String character(int digits, int radix) {
        int code = Integer.parseUnsignedInt(escape.substring(digits), radix);
        return Character.isValidCodePoint(code) ? Character.toString(code) : escape.toString();
    }

    private boolean end(String meaning) {
        text.append(meaning);
        escape.setLength(0);
        return true;
    }
}
