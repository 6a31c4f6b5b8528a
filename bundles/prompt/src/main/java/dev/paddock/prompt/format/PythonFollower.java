package dev.paddock.prompt.format;

/** Collects a Python value up to the comma or bracket that ends it, through brackets and strings. One thread. */
final class PythonFollower {
    private final StringBuilder text = new StringBuilder();
    private int depth;
    /** The quote of the string it stands in; 0 = in none. */
    private char quote;

    private boolean escaped;

    /** Whether the value is over when this comes next. */
    boolean endsBefore(char c) {
        return quote == 0 && depth == 0 && (c == ',' || c == ')');
    }

    void accept(char c) {
        text.append(c);
        if (escaped) escaped = false;
        else if (quote != 0) {
            if (c == '\\') escaped = true;
            else if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') quote = c;
        else if ("([{".indexOf(c) >= 0) depth++;
        else if (")]}".indexOf(c) >= 0 && depth > 0) depth--;
    }

    /** All of it so far. */
    String text() {
        return text.toString();
    }
}
