package dev.paddock.runner.sampling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** Follows an answer through a grammar, token by token, and says which may come next. Knows no native code. */
final class GrammarGuide implements AutoCloseable {
    private static final int LONGEST = 1 << 12;

    private final GrammarStates states;
    private final PieceTable pieces;
    /** States after each byte of the piece being looked at; before its first byte at 0. */
    private final Utf8State[] path;

    GrammarGuide(Grammar grammar, PieceTable pieces) {
        this.pieces = pieces;
        states = new GrammarStates(grammar);
        int longest = 0;
        for (int i = 0; i < pieces.size(); i++) longest = Math.max(longest, pieces.piece(pieces.token(i)).length);
        path = new Utf8State[Math.min(longest, LONGEST) + 1];
        Arrays.setAll(path, i -> new Utf8State());
        path[0].state = states.start();
        if (path[0].state == GrammarStates.DEAD) {
            throw Ranges.invalid("the grammar allows no text, or too many readings of it; make it simpler");
        }
    }

    /** Whether the answer may end here. */
    boolean whole() {
        return path[0].remaining == 0 && states.whole(path[0].state);
    }

    /** Whether a token that prints something may come next. */
    boolean allows(int token) {
        states.renewWork();
        byte[] piece = pieces.piece(token);
        return piece.length > 0 && reached(piece, 0) == piece.length;
    }

    /** Takes a token; false, and nothing has changed, when it is not allowed. */
    boolean accept(int token) {
        if (!allows(token)) return false;
        path[0].set(path[pieces.piece(token).length]);
        path[0].state = states.tidy(path[0].state);
        return true;
    }

    /**
     * Whether a token that is allowed only begins to write, letter by letter, the text of a shown control token that may
     * come instead.
     */
    boolean spells(int token) {
        return pieces.spelling().mayBegin(token) && allows(token) && spelled(token);
    }

    /** The same for a token that was just read. */
    private boolean spelled(int token) {
        byte[] piece = pieces.piece(token);
        Utf8State after = path[piece.length];
        return after.remaining == 0 && pieces.spelling().spells(piece, after.state, states);
    }

    /**
     * Gives all tokens that may come next, those that {@link #spells} only when there are no others; false when the
     * grammar is so ambiguous that some may be missing.
     */
    boolean allowed(IntConsumer sink) {
        path[0].state = states.tidy(path[0].state);
        states.renewWork();
        BitSet spelling = new BitSet();
        int given = 0;
        int reached = 0; // bytes that were allowed of the piece looked at last
        for (int place = 0; place < pieces.size(); place++) {
            int shared = pieces.shared(place);
            byte[] piece = pieces.piece(pieces.token(place));
            if (shared > reached) continue; // begins as one that was refused
            reached = reached(piece, shared);
            if (reached < piece.length) continue;
            int token = pieces.token(place);
            if (pieces.spelling().mayBegin(token) && spelled(token)) {
                spelling.set(token);
                continue;
            }
            sink.accept(token);
            given++;
        }
        if (given == 0) spelling.stream().forEach(sink);
        boolean complete = !states.exhausted();
        states.renewWork();
        return complete;
    }

    /** Reads a piece on from a byte; gives how many of its bytes are allowed. */
    private int reached(byte[] piece, int from) {
        int at = from;
        while (at < piece.length && at + 1 < path.length && path[at].next(piece[at], states, path[at + 1])) at++;
        return at;
    }

    @Override
    public void close() {
        states.close();
    }
}
