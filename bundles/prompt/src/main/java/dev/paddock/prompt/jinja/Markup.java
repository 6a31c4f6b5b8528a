package dev.paddock.prompt.jinja;

/** Text that counts as escaped for HTML, as the filter {@code safe} gives it. */
record Markup(String text) {
    @Override
    public String toString() {
        return text;
    }

    /** The escaped form of a value; what is escaped already stays as it is. */
    static Markup escape(Object value) {
        if (value instanceof Markup markup) return markup;
        String text = Printing.text(value);
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return new Markup(escaped.toString());
    }
}
