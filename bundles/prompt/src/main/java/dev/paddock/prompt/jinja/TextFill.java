package dev.paddock.prompt.jinja;

/** Texts filled up to a width, which counts code points. */
final class TextFill {
    private TextFill() {}

    /** Python puts the odd space of {@code center} left or right by the width. */
    static String justify(Run run, String text, CallArguments arguments, String name) {
        int width = arguments.integer(0, 0);
        String fill = Text.require(arguments.get(1, " "), "fill character");
        if (fill.codePointCount(0, fill.length()) != 1) {
            throw new TemplateException("The fill character must be exactly one character long");
        }
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        int left =
                switch (name) {
                    case "center" -> missing / 2 + (missing & width & 1);
                    case "rjust" -> missing;
                    default -> 0;
                };
        return run.repeat(fill, left) + text + run.repeat(fill, missing - left);
    }

    static String zeros(Run run, String text, int width) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + run.repeat("0", missing) + text.substring(sign);
    }

    static String expandTabs(Run run, String text, int size) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                int spaces = size <= 0 ? 0 : size - column % size;
                run.append(out, run.repeat(" ", spaces));
                column += spaces;
            } else {
                out.append(c);
                if (c == '\n' || c == '\r') column = 0;
                else if (!Character.isLowSurrogate(c)) column++;
            }
        }
        return out.toString();
    }
}
