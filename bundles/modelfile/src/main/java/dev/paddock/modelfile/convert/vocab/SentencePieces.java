package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.util.function.Consumer;

/** The tokens of a {@code tokenizer.model}, with those that were added to them. */
final class SentencePieces {
    static final char SPACE = '\u2581';

    private SentencePieces() {}

    static Vocabulary of(SentencePieceFile file, AddedTokens added, int size, Consumer<String> note) {
        if (file.kind() != SentencePieceFile.PAIRS) {
            throw Refused.because("tokenizer.model: only models of kind BPE are supported, this is "
                    + (file.kind() == SentencePieceFile.UNIGRAM ? "Unigram" : "number " + file.kind()));
        }
        if (file.suffix()) throw Refused.because("tokenizer.model: spaces at the end of words are not supported");
        if (file.charsmap().length > 0) {
            note.accept("characters are not replaced before a text is split, as the tokenizer would");
        }
        if (file.extraSpacesGo()) note.accept("several spaces stay several, where the tokenizer would leave one");
        var vocabulary = new Vocabulary("llama", "default", size);
        int lost = 0;
        for (int id = 0; id < file.pieces().size(); id++) {
            var piece = file.pieces().get(id);
            String text = piece.type() == TokenType.USER_DEFINED ? piece.text().replace(SPACE, ' ') : piece.text();
            lost += vocabulary.put(id, text, piece.type(), piece.score()) ? 0 : 1;
        }
        lost += add(vocabulary, added);
        Vocabulary.tellLost(lost, note);
        requireBytes(vocabulary);
        return vocabulary;
    }

    /** @return how many had no place */
    static int add(Vocabulary vocabulary, AddedTokens added) {
        int lost = 0;
        for (var token : added.all()) {
            boolean fits = token.id() < vocabulary.size();
            TokenType before = fits ? vocabulary.type((int) token.id()) : TokenType.UNUSED;
            // What stands for the unknown, or for a byte, stays that.
            boolean keeps = before == TokenType.UNKNOWN || before == TokenType.BYTE;
            lost += vocabulary.putAdded(token.id(), token.searched(), keeps ? before : token.type()) ? 0 : 1;
        }
        return lost;
    }

    /** llama.cpp spells what it does not know as bytes, and ends the process where one has no token. */
    static void requireBytes(Vocabulary vocabulary) {
        for (int b = 0; b < 256; b++) {
            String text = String.format("<0x%02X>", b);
            int id = vocabulary.id(text).orElse(-1);
            if (id < 0 || vocabulary.type(id) != TokenType.BYTE) {
                throw Refused.because("the tokenizer has no token for the byte " + text
                        + "; SentencePiece models without byte fallback are not supported");
            }
        }
    }
}
