package dev.paddock.prompt.jinja;

/** Text that counts as escaped for HTML, as the filter {@code safe} gives it. */
record Markup(String text) {
    @Override
    public String toString() {
        return text;
    }

    /** The escaped form of a value; what is escaped already stays as it is. */
    static Markup escape(Run run, Object value) {
        return value instanceof Markup markup ? markup : escapeText(run, Printing.text(run, value));
    }

    private static Markup escapeText(Run run, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            String name =
                    switch (text.charAt(i)) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '"' -> "&#34;";
                        case '\'' -> "&#39;";
                        default -> null;
                    };
            if (name == null) continue;
            run.append(escaped, text, copied, i);
            run.append(escaped, name);
            copied = i + 1;
        }
        run.append(escaped, text, copied, text.length());
        return new Markup(escaped.toString());
    }
}
