package dev.paddock.prompt.go;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the escapes of one Go string. Bytes that are no UTF-8 become U+FFFD. One thread. */
final class Unquoting {
    private static final String SIMPLE = "abfnrtv\\";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\";

    private final String inner;
    private final char quote;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    Unquoting(String inner, char quote) {
        this.inner = inner;
        this.quote = quote;
    }

    /** The meaning; empty when an escape is wrong. */
    Optional<String> text() {
        while (at < inner.length()) {
            int codePoint = inner.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint != '\\') add(codePoint);
            else if (at >= inner.length() || !escape(inner.charAt(at++))) return Optional.empty();
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    private void add(int codePoint) {
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private boolean escape(char c) {
        int simple = SIMPLE.indexOf(c);
        if (simple >= 0) add(MEANING.charAt(simple));
        else if (c == quote) add(quote);
        else if (c == 'x') return number(2, 16, false);
        else if (c == 'u') return number(4, 16, true);
        else if (c == 'U') return number(8, 16, true);
        else if (c >= '0' && c <= '7') {
            at--;
            return number(3, 8, false);
        } else return false;
        return true;
    }

    private boolean number(int digits, int radix, boolean character) {
        if (at + digits > inner.length()) return false;
        long value = 0;
        for (int end = at + digits; at < end; at++) {
            char c = inner.charAt(at);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) return false;
            value = value * radix + digit;
        }
        if (character) return codePoint(value);
        if (value > 0xff) return false;
        // A character constant means the number itself, a string the byte.
        if (quote == '\'') add((int) value);
        else bytes.write((int) value);
        return true;
    }

    private boolean codePoint(long value) {
        if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value < 0xe000)) return false;
        add((int) value);
        return true;
    }
}
