package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Merged bytes, as GPT-2 began: {@code tokenizer.json} with a vocabulary and merges of characters that stand for bytes. */
final class BytePairs {
    /** What llama.cpp does not do to a text, and what makes no difference to almost all texts. */
    private static final Set<String> HARMLESS = Set.of("NFC");

    private BytePairs() {}

    static Vocabulary of(TokenizerJson json, AddedTokens added, int size, Consumer<String> note) {
        requireSupported(json, note);
        var vocabulary = new Vocabulary("gpt2", PreTokenizers.name(json), size);
        int lost = 0;
        for (var token : json.vocabulary().entrySet()) {
            lost += vocabulary.put(token.getValue(), token.getKey(), TokenType.NORMAL, 0) ? 0 : 1;
        }
        for (var token : added.all()) {
            lost += vocabulary.putAdded(token.id(), token.searched(), token.type()) ? 0 : 1;
        }
        Vocabulary.tellLost(lost, note);
        if (json.merges().isEmpty()) throw Refused.because("tokenizer.json has no merges");
        vocabulary.merges(json.merges());
        return vocabulary;
    }

    private static void requireSupported(TokenizerJson json, Consumer<String> note) {
        JsonNode normalizer = json.part("normalizer");
        String type = normalizer.path("type").asString("");
        boolean empty =
                type.equals("Sequence") && normalizer.path("normalizers").isEmpty();
        if (HARMLESS.contains(type)) note.accept("texts are not brought into Unicode form " + type + " first");
        else if (!type.isEmpty() && !empty) {
            throw Refused.because("tokenizer.json: the normalizer " + type + " is not supported with merged bytes");
        }
        for (String key : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
            if (!json.text(key).isEmpty()) {
                throw Refused.because("tokenizer.json: \"" + key + "\" is not supported");
            }
        }
    }
}
