package dev.paddock.runner.sampling;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Shown control tokens could also be written letter by letter with ordinary tokens, which no model was trained on: where
 * a grammar leaves nothing but such a text, the token is meant. This finds the ordinary tokens that begin to spell one.
 * Immutable.
 */
final class Spelling {
    /** Nothing is shown. */
    static final Spelling NONE = new Spelling(List.of(), new BitSet());

    private static final int LAST_CHARACTER = Character.MAX_CODE_POINT;

    /** A shown text. */
    private record Mark(byte[] bytes, int[] characters) {
        Mark(byte[] bytes) {
            this(bytes, new String(bytes, StandardCharsets.UTF_8).codePoints().toArray());
        }

        /** Whether it goes on behind what these bytes end with, from a place on, at the beginning of a character. */
        boolean goesOnBehind(byte[] piece, int from) {
            int length = piece.length - from;
            if (length >= bytes.length || isInside(bytes[length])) return false;
            for (int i = 0; i < length; i++) if (piece[from + i] != bytes[i]) return false;
            return true;
        }
    }

    private final List<Mark> marks;
    /** Tokens that end with the beginning of a mark. */
    private final BitSet candidates;

    private Spelling(List<Mark> marks, BitSet candidates) {
        this.marks = marks;
        this.candidates = candidates;
    }

    /** @param byToken what all tokens print when none is shown */
    static Spelling of(ShownTokens shown, byte[][] byToken) {
        List<Mark> marks = new ArrayList<>();
        for (int token : shown.tokens()) marks.add(new Mark(shown.piece(token)));
        BitSet candidates = new BitSet();
        for (int token = 0; token < byToken.length; token++) {
            for (int from = 0; from < byToken[token].length; from++) {
                if (!begun(marks, byToken[token], from).isEmpty()) candidates.set(token);
            }
        }
        return new Spelling(marks, candidates);
    }

    private static List<Mark> begun(List<Mark> marks, byte[] piece, int from) {
        List<Mark> begun = List.of();
        for (Mark mark : marks) {
            if (mark.bytes()[0] != piece[from] || !mark.goesOnBehind(piece, from)) continue;
            if (begun.isEmpty()) begun = new ArrayList<>();
            begun.add(mark);
        }
        return begun;
    }

    private static boolean isInside(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** Whether a token that the grammar allows may be one that spells. */
    boolean mayBegin(int token) {
        return candidates.get(token);
    }

    /**
     * Whether nothing can come of a token but marks that it began.
     *
     * @param state after the token
     */
    boolean spells(byte[] piece, int state, GrammarStates states) {
        for (int from = 0; from < piece.length; from++) {
            List<Mark> begun = begun(marks, piece, from);
            if (begun.isEmpty()) continue;
            int characters = 0;
            for (int i = from; i < piece.length; i++) characters += isInside(piece[i]) ? 0 : 1;
            if (only(begun, characters, state, states)) return true;
        }
        return false;
    }

    /** Whether a grammar allows nothing but these marks to go on, of which so many characters are there. */
    private static boolean only(List<Mark> begun, int characters, int state, GrammarStates states) {
        TreeSet<Integer> next = new TreeSet<>();
        for (Mark mark : begun) {
            if (mark.characters().length == characters) return true;
            next.add(mark.characters()[characters]);
        }
        if (states.whole(state)) return false;
        int gap = 0;
        for (int character : next) {
            if (character > gap && states.meets(state, gap, character - 1)) return false;
            gap = character + 1;
        }
        if (gap <= LAST_CHARACTER && states.meets(state, gap, LAST_CHARACTER)) return false;
        for (int character : next) {
            int after = states.next(state, character);
            List<Mark> same = new ArrayList<>(begun);
            same.removeIf(mark -> mark.characters()[characters] != character);
            if (after != GrammarStates.DEAD && !only(same, characters + 1, after, states)) return false;
        }
        return true;
    }
}
