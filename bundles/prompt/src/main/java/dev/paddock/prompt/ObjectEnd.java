package dev.paddock.prompt;

/** Finds where a JSON object that is still being written ends; looks at each character once. */
final class ObjectEnd {
    private int scanned;
    private int depth;
    private boolean inString;
    private boolean escaped;

    /**
     * Goes on where it stopped.
     *
     * @param text begins with the object's opening brace and has only grown since the last call
     * @return the index behind the closing brace, or -1 when it has not come yet
     */
    int find(CharSequence text) {
        for (; scanned < text.length(); scanned++) {
            char c = text.charAt(scanned);
            if (escaped) escaped = false;
            else if (inString) {
                escaped = c == '\\';
                inString = c != '"';
            } else if (c == '"') inString = true;
            else if (c == '{' || c == '[') depth++;
            else if ((c == '}' || c == ']') && --depth == 0) return scanned + 1;
        }
        return -1;
    }
}
