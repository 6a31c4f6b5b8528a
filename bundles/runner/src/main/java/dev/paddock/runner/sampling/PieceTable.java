package dev.paddock.runner.sampling;

import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What the tokens of a vocabulary print, in the order of their bytes, with the number of bytes that each shares with
 * the one before: as good as a tree to walk over all tokens with one look at each shared beginning. Tokens that print
 * nothing are left out.
 */
final class PieceTable {
    private static Vocabulary lastOf;
    private static PieceTable last;
    private static ShownTokens lastShown;
    private static PieceTable lastWith;

    private final byte[][] byToken;
    private final int[] tokens;
    private final int[] shared;
    private final Spelling spelling;

    PieceTable(byte[][] byToken) {
        this(byToken, printing(byToken), Spelling.NONE);
    }

    private PieceTable(byte[][] byToken, int[] tokens, Spelling spelling) {
        this.byToken = byToken;
        this.spelling = spelling;
        this.tokens = tokens;
        shared = new int[tokens.length];
        for (int i = 1; i < tokens.length; i++) shared[i] = shared(byToken[tokens[i - 1]], byToken[tokens[i]]);
    }

    /** The tokens that print something, in the order of their bytes. */
    private static int[] printing(byte[][] byToken) {
        Integer[] order = new Integer[byToken.length];
        int count = 0;
        for (int token = 0; token < byToken.length; token++) if (byToken[token].length > 0) order[count++] = token;
        Arrays.sort(order, 0, count, (a, b) -> Arrays.compareUnsigned(byToken[a], byToken[b]));
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) tokens[i] = order[i];
        return tokens;
    }

    /**
     * That of a vocabulary for answers in which these control tokens print. The last is kept, with and without: a
     * process has one model, whose answers mostly show the same.
     */
    static synchronized PieceTable of(Vocabulary vocabulary, ShownTokens shown) {
        if (vocabulary != lastOf) {
            last = new PieceTable(pieces(vocabulary));
            lastOf = vocabulary;
            lastShown = ShownTokens.NONE;
        }
        if (shown.isEmpty()) return last;
        if (!Arrays.equals(shown.tokens(), lastShown.tokens())) {
            lastWith = last.with(shown);
            lastShown = shown;
        }
        return lastWith;
    }

    private static byte[][] pieces(Vocabulary vocabulary) {
        byte[][] pieces = new byte[vocabulary.size()][];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = Vocabulary.pieceBuffer(arena);
            for (int token = 0; token < pieces.length; token++) pieces[token] = vocabulary.piece(token, buffer, false);
        }
        for (int end : vocabulary.endTokens()) pieces[end] = new byte[0];
        return pieces;
    }

    /** The same, but that these print too, which print nothing here. */
    PieceTable with(ShownTokens shown) {
        byte[][] pieces = byToken.clone();
        int[] more = shown.tokens();
        for (int token : more) pieces[token] = shown.piece(token);
        int[] merged = Arrays.copyOf(tokens, tokens.length + more.length);
        int used = tokens.length;
        for (int token : more) {
            int at = place(pieces, merged, used, pieces[token]);
            System.arraycopy(merged, at, merged, at + 1, used - at);
            merged[at] = token;
            used++;
        }
        return new PieceTable(pieces, merged, Spelling.of(shown, byToken));
    }

    /** Where bytes belong among the first tokens of an order. */
    private static int place(byte[][] pieces, int[] order, int count, byte[] piece) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(pieces[order[middle]], piece) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int shared(byte[] a, byte[] b) {
        int differs = Arrays.mismatch(a, b);
        return differs < 0 ? a.length : differs;
    }

    /** What a token prints; nothing for control tokens that are not shown and those that end an answer. */
    byte[] piece(int token) {
        return byToken[token];
    }

    /** Which tokens may write letter by letter what is one token. */
    Spelling spelling() {
        return spelling;
    }

    /** Number of tokens that print something. */
    int size() {
        return tokens.length;
    }

    /** The token at a place of the order. */
    int token(int place) {
        return tokens[place];
    }

    /** How many bytes it shares with the one before; 0 for the first. */
    int shared(int place) {
        return shared[place];
    }
}
