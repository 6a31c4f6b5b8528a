package dev.paddock.inference;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ThoughtMarks;

/**
 * Follows an answer and knows whether it is inside a thought: by the marks, which are seen at once, and by what the
 * format's own parser makes of the text, which knows of thoughts that end without their mark. One thread.
 */
final class ThoughtWatch {
    private enum State {
        /** No thought has begun; one may. */
        BEFORE,
        INSIDE,
        /** There are no thoughts any more. */
        BEHIND
    }

    private final String open;
    private final String close;
    private final OutputParser reader;
    /** Of what came, as much as may hold the beginning of a mark. */
    private final StringBuilder pending = new StringBuilder();

    private State state;
    private boolean seen;
    /** Whether nothing has come but white space and what may be the mark that begins a thought. */
    private boolean mayOpen = true;

    /**
     * A watch over one answer.
     *
     * @param prompt what the answer follows: it may have opened a thought
     * @param reader a parser of the answer, for this watch alone
     */
    ThoughtWatch(ThoughtMarks marks, String prompt, OutputParser reader) {
        this.open = marks.open().strip();
        this.close = marks.close().strip();
        this.reader = reader;
        this.state = prompt.stripTrailing().endsWith(open) ? State.INSIDE : State.BEFORE;
        this.seen = inside();
    }

    /** Whether a thought has begun, and may have ended since. */
    boolean seen() {
        return seen;
    }

    boolean inside() {
        return state == State.INSIDE;
    }

    /** Whether nothing that comes can be a thought. */
    boolean over() {
        return state == State.BEHIND;
    }

    /** Whether the text ends with what may become the mark that ends the thought. */
    boolean mayClose() {
        for (int length = Math.min(pending.length(), close.length() - 1); length > 0; length--) {
            if (close.startsWith(pending.substring(pending.length() - length))) return true;
        }
        return false;
    }

    /** Takes more of the answer. */
    void take(String text) {
        if (over()) return;
        if (inside() || mayOpen) pending.append(text);
        if (state == State.BEFORE && mayOpen) lookForOpening();
        seen |= inside();
        if (inside()) lookForClosing();
        for (var piece : reader.accept(text)) {
            if (!(piece instanceof OutputPiece.Thinking)) state = State.BEHIND;
            else if (state == State.BEFORE) state = State.INSIDE;
            seen |= inside();
        }
    }

    private void lookForOpening() {
        String visible = pending.toString().stripLeading();
        if (visible.startsWith(open)) {
            state = State.INSIDE;
            pending.delete(0, pending.length() - visible.length() + open.length());
        }
        mayOpen = open.startsWith(visible);
    }

    private void lookForClosing() {
        if (pending.indexOf(close) >= 0) state = State.BEHIND;
        pending.delete(0, Math.max(0, pending.length() - close.length()));
    }
}
