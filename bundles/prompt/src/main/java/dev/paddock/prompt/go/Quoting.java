package dev.paddock.prompt.go;

/** Texts in Go's quotes. */
final class Quoting {
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\";
    private static final String LETTERS = "abfnrtv\\";

    private Quoting() {}

    /** @param ascii whether characters beyond ASCII are escaped */
    static String quoted(String text, char quote, boolean ascii) {
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> {
            int simple = ESCAPED.indexOf(c);
            if (simple >= 0) out.append('\\').append(LETTERS.charAt(simple));
            else if (c == quote) out.append('\\').append(quote);
            else if (c < 0x80 ? c >= ' ' && c < 0x7f : !ascii && prints(c)) out.appendCodePoint(c);
            else if (c < ' ' || c == 0x7f) out.append(String.format("\\x%02x", c));
            else if (Character.getType(c) == Character.SURROGATE) out.append("\ufffd");
            else out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        });
        return out.append(quote).toString();
    }

    static boolean fitsBackquotes(String text) {
        return text.codePoints().noneMatch(c -> (c < ' ' && c != '\t') || c == '`' || c == 0x7f || c == 0xfeff);
    }

    /** Letters, marks, numbers, punctuation, symbols and the space. */
    static boolean prints(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
