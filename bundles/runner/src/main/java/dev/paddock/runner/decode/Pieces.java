package dev.paddock.runner.decode;

import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.sampling.ShownTokens;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The bytes that tokens print in an answer, where control tokens print nothing unless they are shown. One thread. */
final class Pieces {
    private final Vocabulary vocabulary;
    private final MemorySegment buffer = Vocabulary.pieceBuffer(Arena.global());

    Pieces(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    byte[] of(int token, ShownTokens shown) {
        byte[] piece = shown.piece(token);
        return piece == null ? vocabulary.piece(token, buffer, false) : piece;
    }
}
