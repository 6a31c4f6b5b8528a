package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * BERT's pieces of words. llama.cpp wants words to begin with a space that is not there ({@code ▁}) and the rest of them
 * without the mark {@code ##}.
 */
final class WordPieces {
    private static final String REST = "##";
    private static final Set<String> ROLES = Set.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private WordPieces() {}

    /** The lines of a {@code vocab.txt}: a token's number is its line's. */
    static Map<String, Integer> lines(String text) {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        int line = 0;
        for (int at = 0, end; at <= text.length(); at = end + 1) {
            end = text.indexOf('\n', at);
            if (end < 0) end = text.length();
            String token = text.substring(at, end);
            String bare = token.endsWith("\r") ? token.substring(0, token.length() - 1) : token;
            if (!bare.isEmpty() && tokens.put(bare, line) != null) {
                throw Refused.because("vocab.txt has the token \"" + bare + "\" twice");
            }
            if (++line > Vocabulary.MOST_TOKENS) throw Refused.because("vocab.txt has too many lines");
        }
        return tokens;
    }

    static Vocabulary of(Map<String, Integer> tokens, AddedTokens added, int size, Consumer<String> note) {
        var vocabulary = new Vocabulary("bert", "default", size);
        Set<Long> roles = new HashSet<>();
        added.all().forEach(token -> roles.add(token.id()));
        int lost = 0;
        int alike = 0;
        for (var token : tokens.entrySet()) {
            long id = token.getValue();
            if (roles.contains(id)) continue;
            boolean role = ROLES.contains(token.getKey());
            String text = role ? token.getKey() : phantom(token.getKey());
            if (vocabulary.id(text).isPresent()) {
                alike++;
                continue;
            }
            lost += vocabulary.put(id, text, role ? TokenType.CONTROL : TokenType.NORMAL, 0) ? 0 : 1;
        }
        for (var token : added.all()) {
            lost += vocabulary.putAdded(token.id(), token.text(), token.type()) ? 0 : 1;
        }
        Vocabulary.tellLost(lost, note);
        if (alike > 0) note.accept(alike + " tokens are left out: llama.cpp cannot tell them from others");
        return vocabulary;
    }

    private static String phantom(String token) {
        return token.startsWith(REST) && token.length() > REST.length()
                ? token.substring(REST.length())
                : SentencePieces.SPACE + token;
    }

    static void requireSupported(TokenizerJson json) {
        String prefix = json.text("continuing_subword_prefix");
        if (!prefix.isEmpty() && !prefix.equals(REST)) {
            throw Refused.because(
                    "tokenizer.json: pieces that go on a word begin with \"" + prefix + "\", not with ##");
        }
        String splitter = json.part("pre_tokenizer").path("type").asString("BertPreTokenizer");
        String normalizer = json.part("normalizer").path("type").asString("BertNormalizer");
        if (!splitter.equals("BertPreTokenizer") || !normalizer.equals("BertNormalizer")) {
            throw Refused.because("tokenizer.json: " + normalizer + " and " + splitter
                    + " are not supported with WordPiece; supported are BertNormalizer and BertPreTokenizer");
        }
    }

    /** How letters are changed before: small ones, without their accents. */
    static void normalize(Vocabulary vocabulary, TokenizerJson json, Config settings) {
        JsonNode normalizer = json == null ? null : json.part("normalizer");
        boolean told = normalizer != null && normalizer.isObject();
        boolean usual = settings == null || settings.flag("do_lower_case", true);
        boolean lower = told ? normalizer.path("lowercase").asBoolean(true) : usual;
        boolean stripTold = told && normalizer.path("strip_accents").isBoolean();
        boolean strip = stripTold ? normalizer.path("strip_accents").asBoolean() : lower;
        vocabulary.flag("normalizer.lowercase", lower);
        vocabulary.flag("normalizer.strip_accents", strip);
    }
}
