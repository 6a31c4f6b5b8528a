package dev.paddock.prompt.format;

import java.util.List;

/** Looks at what stands ahead in an answer and takes nothing. White space before anything is skipped. One thread. */
final class Ahead {
    private static final int MOST_BLANKS = 256;
    private static final int MOST_WORD = 256;

    private final Input in;
    private int at;
    /** Whether the text ended where it would have gone on. */
    private boolean cut;

    Ahead(Input in, int at) {
        this.in = in;
        this.at = at;
    }

    /** Behind all that has been found. */
    int position() {
        return at;
    }

    /** What follows from whether all stood there that was looked for. */
    Verdict verdict(boolean found) {
        if (found) return Verdict.YES;
        return cut && !in.ended() ? Verdict.MAYBE : Verdict.NO;
    }

    /** Whether the answer ends here. */
    boolean end() {
        blanks();
        if (at < in.length()) return false;
        cut = true;
        return in.ended();
    }

    /** Goes on behind a text if it stands here. */
    boolean next(String text) {
        blanks();
        if (in.startsWith(text, at)) {
            at += text.length();
            return true;
        }
        cut |= in.mayStartWith(text, at);
        return false;
    }

    boolean nextOf(List<String> texts) {
        return texts.stream().anyMatch(this::next);
    }

    /** Goes on behind a name; an empty text when there is none, or it may go on. */
    String word() {
        blanks();
        int start = at;
        while (at < in.length() && at - start < MOST_WORD && isName(in.at(at))) at++;
        cut |= at == in.length();
        return at == in.length() && !in.ended() ? "" : in.text(start, at);
    }

    private void blanks() {
        int start = at;
        while (at < in.length() && at - start < MOST_BLANKS && Character.isWhitespace(in.at(at))) at++;
    }

    /** Whether a character may stand in the name of a tool or an argument. */
    static boolean isName(char c) {
        return c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c);
    }
}
