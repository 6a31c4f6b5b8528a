package dev.paddock.prompt.format;

import java.util.List;

/**
 * Text up to the next mark. White space around marks is not part of the text. What may become a mark is held back, with
 * the white space before it. In content, marks inside code are text.
 */
final class TextStretch implements Stretch {
    /** White space beyond that is text: nobody waits for the end of an endless row of line breaks. */
    private static final int MOST_BLANKS = 256;

    private final Kind kind;
    private final List<Mark> marks;
    private final CodeSpans code = new CodeSpans();
    private boolean gap;
    /** The place of the mark found last. */
    private int foundAt;

    TextStretch(Kind kind, List<Mark> marks) {
        this.kind = kind;
        this.marks = List.copyOf(marks);
    }

    /** The same, with the white space skipped that comes next. */
    TextStretch afterGap() {
        gap = true;
        return this;
    }

    /** Whether white space that comes next is skipped. */
    boolean inGap() {
        return gap;
    }

    /** The same, behind a text that turned out to be only that. */
    TextStretch afterText(String text, Pieces out) {
        give(text, out);
        return this;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        Stretch next = this;
        while (next == this) {
            if (gap) {
                in.drop(in.blanks());
                if (in.isEmpty()) return this;
                gap = false;
            }
            Mark found = find(in);
            if (found == null) {
                give(in.take(trimmed(in, in.length() - held(in))), out);
                return this;
            }
            give(in.take(trimmed(in, foundAt)), out);
            int blanks = in.blanks();
            next = found.next().behind(in.take(blanks + found.text().length()), this);
        }
        return next;
    }

    /** The first mark that is no code, the longest of those that begin at one place. */
    private Mark find(Input in) {
        var ahead = kind == Kind.CONTENT ? code.copy() : null;
        int looked = 0;
        for (int from = 0; ; from = foundAt + 1) {
            Mark first = first(in, from);
            if (first == null || ahead == null) return first;
            while (looked < foundAt) ahead.accept(in.at(looked++));
            if (!ahead.inside()) return first;
        }
    }

    private Mark first(Input in, int from) {
        Mark first = null;
        foundAt = Integer.MAX_VALUE;
        for (Mark mark : marks) {
            int at = in.find(mark.text(), from);
            boolean longer =
                    at == foundAt && mark.text().length() > first.text().length();
            if (at >= 0 && (at < foundAt || longer)) {
                first = mark;
                foundAt = at;
            }
        }
        return first != null && mayGrow(in, first) ? null : first;
    }

    /** Whether it may still turn out to be a longer mark. */
    private boolean mayGrow(Input in, Mark found) {
        if (in.ended()) return false;
        for (Mark mark : marks) {
            if (mark.text().length() > found.text().length()
                    && mark.text().startsWith(found.text())
                    && in.length() - foundAt < mark.text().length()
                    && mark.text().startsWith(in.tail(foundAt))) return true;
        }
        return false;
    }

    private int held(Input in) {
        int held = 0;
        for (Mark mark : marks) held = Math.max(held, in.possible(mark.text()));
        return held;
    }

    /** The end of the text before an index without its trailing white space, when a mark can follow at all. */
    private int trimmed(Input in, int end) {
        if (marks.isEmpty() || (in.ended() && end == in.length())) return end;
        int i = end;
        while (i > 0 && end - i < MOST_BLANKS && Character.isWhitespace(in.at(i - 1))) i--;
        return i;
    }

    private void give(String text, Pieces out) {
        for (int i = 0; i < text.length(); i++) code.accept(text.charAt(i));
        out.text(kind, text);
    }
}
