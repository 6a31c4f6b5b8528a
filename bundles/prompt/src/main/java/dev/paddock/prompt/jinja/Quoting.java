package dev.paddock.prompt.jinja;

/** Texts between quotes, as JSON and as Python's {@code repr} write them. */
final class Quoting {
    private static final String HEX = "0123456789abcdef";

    private Quoting() {}

    /**
     * Writes a JSON string.
     *
     * @param ascii writes all other characters as escapes
     */
    static void json(Run run, StringBuilder out, String text, boolean ascii) {
        run.append(out, "\"");
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            String escape = jsonEscape(text.charAt(i), ascii);
            if (escape == null) continue;
            run.append(out, text, copied, i);
            run.append(out, escape);
            copied = i + 1;
        }
        run.append(out, text, copied, text.length());
        run.append(out, "\"");
    }

    private static String jsonEscape(char c, boolean ascii) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < 0x20 || (ascii && c > 0x7e) ? hex("\\u", c, 4) : null;
        };
    }

    /** Writes a Python string. */
    static void python(Run run, StringBuilder out, String text) {
        String quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? "\"" : "'";
        run.append(out, quote);
        int copied = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            String escape = c == quote.charAt(0) ? "\\" + quote : pythonEscape(c);
            if (escape != null) {
                run.append(out, text, copied, i);
                run.append(out, escape);
                copied = next;
            }
            i = next;
        }
        run.append(out, text, copied, text.length());
        run.append(out, quote);
    }

    private static String pythonEscape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default -> Text.isPrintable(c) ? null : codePoint(c);
        };
    }

    /** A character by its number. */
    static String codePoint(int c) {
        return c < 0x100 ? hex("\\x", c, 2) : c < 0x10000 ? hex("\\u", c, 4) : hex("\\U", c, 8);
    }

    private static String hex(String before, int number, int digits) {
        StringBuilder text = new StringBuilder(before.length() + digits).append(before);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text.append(HEX.charAt(number >> shift & 15));
        return text.toString();
    }
}
