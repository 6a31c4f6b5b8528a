package dev.paddock.runner.decode;

import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The bytes that tokens print in an answer, where control tokens print nothing. One thread. */
final class Pieces {
    private final Vocabulary vocabulary;
    private final MemorySegment buffer = Vocabulary.pieceBuffer(Arena.global());

    Pieces(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    byte[] of(int token) {
        return vocabulary.piece(token, buffer, false);
    }
}
