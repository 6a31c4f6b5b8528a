package dev.paddock.prompt;

/** What is held back of a text that is still being written. */
final class Held {
    private Held() {}

    /** Length of the longest end of the text that could be the start of a tag. */
    static int possible(CharSequence text, String tag) {
        for (int length = Math.min(tag.length() - 1, text.length()); length > 0; length--) {
            if (tag.startsWith(
                    text.subSequence(text.length() - length, text.length()).toString())) return length;
        }
        return 0;
    }

    /** The end of the text before an index without its trailing white space. */
    static int trimmed(CharSequence text, int end) {
        int i = end;
        while (i > 0 && Character.isWhitespace(text.charAt(i - 1))) i--;
        return i;
    }
}
