package dev.paddock.prompt.jinja;

import java.math.BigInteger;

/** Numbers and strings as they stand in a template. */
final class Literals {
    private static final int MOST_DIGITS = 4300;

    private Literals() {}

    /**
     * A literal that was read.
     *
     * @param value what it means
     * @param end the index behind it
     */
    record Literal(Object value, int end) {}

    static Literal number(String source, int start, boolean afterDot, Place at) {
        if (source.charAt(start) == '0' && start + 1 < source.length()) {
            int radix = radix(source.charAt(start + 1));
            int end = radix == 10 ? 0 : digits(source, start + 2, radix);
            if (end > start + 2) return integer(source.substring(start + 2, end), radix, end, at);
        }
        int end = digits(source, start, 10);
        int fraction = afterDot ? end : afterFraction(source, end);
        if (fraction == end) return integer(source.substring(start, end), 10, end, at);
        String text = source.substring(start, fraction).replace("_", "");
        return new Literal(Double.valueOf(text), fraction);
    }

    private static int radix(char c) {
        return switch (c) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static int afterFraction(String source, int digitsEnd) {
        int end = digitsEnd;
        if (end + 1 < source.length() && source.charAt(end) == '.' && isDigit(source.charAt(end + 1), 10)) {
            end = digits(source, end + 1, 10);
        }
        if (end < source.length() && (source.charAt(end) == 'e' || source.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0) exponent++;
            int exponentEnd = digits(source, exponent, 10);
            if (exponentEnd > exponent) end = exponentEnd;
        }
        return end;
    }

    private static Literal integer(String digits, int radix, int end, Place at) {
        if (digits.length() > MOST_DIGITS) throw new TemplateException.Syntax("number is too long", at);
        return new Literal(Numbers.normal(new BigInteger(digits.replace("_", ""), radix)), end);
    }

    private static int digits(String source, int start, int radix) {
        int i = start;
        while (i < source.length()) {
            boolean separator = source.charAt(i) == '_'
                    && i > start
                    && i + 1 < source.length()
                    && isDigit(source.charAt(i + 1), radix);
            if (!separator && !isDigit(source.charAt(i), radix)) break;
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }

    static Literal string(String source, int start, Place at) {
        char quote = source.charAt(start);
        StringBuilder text = new StringBuilder();
        int i = start + 1;
        while (true) {
            if (i >= source.length()) throw unclosed(quote, at);
            char c = source.charAt(i);
            if (c == quote) return new Literal(text.toString(), i + 1);
            if (c == '\\') i = escape(source, i + 1, quote, text, at);
            else {
                text.append(c);
                i++;
            }
        }
    }

    /** Reads what stands behind a backslash; gives the index behind it. */
    private static int escape(String source, int at, char quote, StringBuilder text, Place place) {
        if (at >= source.length()) throw unclosed(quote, place);
        char c = source.charAt(at);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'v' -> text.append('\u000b');
            case 'a' -> text.append('\u0007');
            case '\\', '\'', '"' -> text.append(c);
            case '\n' -> {}
            case 'x' -> codePoint(source, at + 1, 2, text, place);
            case 'u' -> codePoint(source, at + 1, 4, text, place);
            case 'U' -> codePoint(source, at + 1, 8, text, place);
            default -> {
                if (isDigit(c, 8)) return octal(source, at, text);
                text.append('\\').append(c);
            }
        }
        return at + 1 + (c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0);
    }

    private static void codePoint(String source, int start, int digits, StringBuilder text, Place at) {
        if (start + digits > source.length()) throw new TemplateException.Syntax("truncated escape", at);
        try {
            text.appendCodePoint(Integer.parseInt(source.substring(start, start + digits), 16));
        } catch (IllegalArgumentException e) {
            throw new TemplateException.Syntax("bad escape", at);
        }
    }

    private static int octal(String source, int start, StringBuilder text) {
        int value = 0;
        int i = start;
        for (; i < start + 3 && i < source.length() && isDigit(source.charAt(i), 8); i++) {
            value = value * 8 + source.charAt(i) - '0';
        }
        text.append((char) value);
        return i;
    }

    private static TemplateException unclosed(char quote, Place at) {
        return new TemplateException.Syntax("unexpected char '" + quote + "'", at);
    }
}
