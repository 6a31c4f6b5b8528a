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

    private final byte[][] byToken;
    private final int[] tokens;
    private final int[] shared;

    PieceTable(byte[][] byToken) {
        this.byToken = byToken;
        Integer[] order = new Integer[byToken.length];
        int count = 0;
        for (int token = 0; token < byToken.length; token++) if (byToken[token].length > 0) order[count++] = token;
        Arrays.sort(order, 0, count, (a, b) -> Arrays.compareUnsigned(byToken[a], byToken[b]));
        tokens = new int[count];
        shared = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = order[i];
            shared[i] = i == 0 ? 0 : shared(byToken[tokens[i - 1]], byToken[tokens[i]]);
        }
    }

    /** That of a vocabulary; the last is kept, as a process has one model. */
    static synchronized PieceTable of(Vocabulary vocabulary) {
        if (vocabulary == lastOf) return last;
        byte[][] pieces = new byte[vocabulary.size()][];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = Vocabulary.pieceBuffer(arena);
            for (int token = 0; token < pieces.length; token++) pieces[token] = vocabulary.piece(token, buffer, false);
        }
        for (int end : vocabulary.endTokens()) pieces[end] = new byte[0];
        lastOf = vocabulary;
        last = new PieceTable(pieces);
        return last;
    }

    private static int shared(byte[] a, byte[] b) {
        int differs = Arrays.mismatch(a, b);
        return differs < 0 ? a.length : differs;
    }

    /** What a token prints; nothing for control tokens and those that end an answer. */
    byte[] piece(int token) {
        return byToken[token];
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
