package dev.paddock.cli.template;

import java.io.PrintStream;

/**
 * Writes outcomes as JSON, one a line. Whatever some reader of lines takes for the end of one is escaped, and so are
 * halves of characters, which UTF-8 cannot hold. Texts may be so long that there is no room for a second copy: they are
 * written piece by piece. One thread.
 */
final class OutcomeJson {
    private static final String HEX = "0123456789abcdef";
    /** Most bytes of one character, escaped or not. */
    private static final int LONGEST = 6;

    private final PrintStream out;
    private final byte[] buffer = new byte[1 << 13];
    private int used;

    OutcomeJson(PrintStream out) {
        this.out = out;
    }

    /** Writes one line. */
    void write(Outcome outcome) {
        switch (outcome) {
            case Outcome.Text text -> {
                raw("{\"text\":");
                text(text.text());
                raw("}\n");
            }
            case Outcome.Failed failed -> {
                raw("{\"error\":{\"kind\":");
                text(failed.why().word());
                raw(",\"message\":");
                text(failed.message());
                raw("}}\n");
            }
        }
        empty();
    }

    private void empty() {
        out.write(buffer, 0, used);
        used = 0;
    }

    private void raw(String ascii) {
        for (int i = 0; i < ascii.length(); i++) put(ascii.charAt(i));
    }

    private void put(int b) {
        buffer[used++] = (byte) b;
    }

    private void text(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            if (used > buffer.length - 2 * LONGEST) empty();
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == '"' || c == '\\') put('\\');
                put(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                fourBytes(Character.toCodePoint(c, text.charAt(i)));
            } else other(c);
        }
        put('"');
    }

    private void other(char c) {
        switch (c) {
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            default -> {
                if (mustBeEscaped(c)) escape(c);
                else if (c < 0x800) twoBytes(c);
                else threeBytes(c);
            }
        }
    }

    private static boolean mustBeEscaped(char c) {
        return c < 0xa0 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
    }

    private void escape(char c) {
        raw("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) put(HEX.charAt(c >> shift & 0xf));
    }

    private void twoBytes(int c) {
        put(0xc0 | c >> 6);
        put(0x80 | c & 0x3f);
    }

    private void threeBytes(int c) {
        put(0xe0 | c >> 12);
        put(0x80 | c >> 6 & 0x3f);
        put(0x80 | c & 0x3f);
    }

    private void fourBytes(int c) {
        put(0xf0 | c >> 18);
        put(0x80 | c >> 12 & 0x3f);
        put(0x80 | c >> 6 & 0x3f);
        put(0x80 | c & 0x3f);
    }
}
