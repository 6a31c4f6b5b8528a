package dev.paddock.prompt.format;

/**
 * Follows Markdown text and knows whether it stands in code: between fences of three back-quotes or more, or between
 * back-quotes in one line. Marks there are examples, not marks. One thread.
 */
final class CodeSpans {
    private static final int FENCE = 3;

    /** Back-quotes of the fence that is open; 0 = none. */
    private int fence;
    /** Back-quotes that opened code in this line; 0 = none. */
    private int inline;
    /** Back-quotes just read. */
    private int run;
    /** Whether only white space stood in this line before them. */
    private boolean lineStart = true;

    CodeSpans copy() {
        var copy = new CodeSpans();
        copy.fence = fence;
        copy.inline = inline;
        copy.run = run;
        copy.lineStart = lineStart;
        return copy;
    }

    void accept(char c) {
        if (c == '`') {
            run++;
            return;
        }
        settle();
        if (c == '\n') {
            inline = 0;
            lineStart = true;
        } else if (!Character.isWhitespace(c)) lineStart = false;
    }

    /** Whether what comes next stands in code. */
    boolean inside() {
        settle();
        return fence > 0 || inline > 0;
    }

    private void settle() {
        if (run == 0) return;
        if (fence > 0) {
            if (lineStart && run >= fence) fence = 0;
        } else if (lineStart && run >= FENCE) fence = run;
        else if (inline == 0) inline = run;
        else if (inline == run) inline = 0;
        run = 0;
        lineStart = false;
    }
}
