package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * SentencePiece's tokens where only {@code tokenizer.json} is there: merges instead of scores. llama.cpp merges the two
 * whose result has the highest score, whatever they are. That is the same as the first merge of the list when the merges
 * of one token follow each other and no way to make it is missing; where that is not so the tokenizer is refused.
 */
final class MergedPieces {
    private MergedPieces() {}

    static Vocabulary of(TokenizerJson json, AddedTokens added, int size, Consumer<String> note) {
        Set<String> found = new HashSet<>();
        added.all().forEach(token -> found.add(token.text()));
        Map<String, Integer> ranks = ranks(json, found);
        requireAllWays(json, ranks, found);
        var vocabulary = new Vocabulary("llama", "default", size);
        int lost = 0;
        for (var token : json.vocabulary().entrySet()) {
            String text = token.getKey();
            boolean single = text.matches("<0x[0-9A-F]{2}>");
            boolean unknown = text.equals(json.text("unk_token"));
            TokenType type = single ? TokenType.BYTE : unknown ? TokenType.UNKNOWN : TokenType.NORMAL;
            lost += vocabulary.put(token.getValue(), text, type, score(ranks.get(text), json)) ? 0 : 1;
        }
        lost += SentencePieces.add(vocabulary, added);
        Vocabulary.tellLost(lost, note);
        SentencePieces.requireBytes(vocabulary);
        vocabulary.flag("add_space_prefix", prefix(json));
        return vocabulary;
    }

    private static float score(Integer rank, TokenizerJson json) {
        return rank == null ? -json.merges().size() : -rank;
    }

    /** Which token is made before which; those that are found in the text as they are need not be made. */
    private static Map<String, Integer> ranks(TokenizerJson json, Set<String> found) {
        Map<String, Integer> ranks = new HashMap<>();
        String last = "";
        for (String merge : json.merges()) {
            int space = merge.indexOf(' ', 1);
            String made = merge.substring(0, space) + merge.substring(space + 1);
            if (found.contains(made)) continue;
            if (!made.equals(last) && ranks.putIfAbsent(made, ranks.size()) != null) throw notAlike();
            last = made;
        }
        return ranks;
    }

    /** Of each token, any two tokens that make it must be a merge. */
    private static void requireAllWays(TokenizerJson json, Map<String, Integer> ranks, Set<String> found) {
        Map<String, Integer> tokens = json.vocabulary();
        Set<String> merges = new HashSet<>(json.merges());
        for (String made : tokens.keySet()) {
            if (found.contains(made)) continue;
            for (int i = 1; i < made.length(); i++) {
                if (Character.isLowSurrogate(made.charAt(i))) continue;
                String left = made.substring(0, i);
                String right = made.substring(i);
                boolean both = tokens.containsKey(left) && tokens.containsKey(right);
                boolean reached = reached(left, ranks) && reached(right, ranks);
                if (both && reached && !merges.contains(left + ' ' + right)) throw notAlike();
            }
        }
    }

    /** Whether a token ever comes about: it is a character, or merges lead to it. */
    private static boolean reached(String text, Map<String, Integer> ranks) {
        return text.codePointCount(0, text.length()) == 1 || ranks.containsKey(text);
    }

    private static RuntimeException notAlike() {
        return Refused.because("tokenizer.json: its merges are not those of a SentencePiece model, and llama.cpp has no"
                + " other way for them; add the file tokenizer.model if there is one");
    }

    private static boolean prefix(TokenizerJson json) {
        Spaces spaces = new Spaces();
        spaces.normalizer(json.part("normalizer"));
        spaces.splitter(json.part("pre_tokenizer"));
        if (!spaces.replaced) throw Refused.because("tokenizer.json: spaces are not replaced by \u2581");
        return spaces.prepended;
    }

    private static final class Spaces {
        private boolean replaced;
        private boolean prepended;

        void normalizer(JsonNode node) {
            String type = node.path("type").asString("");
            switch (type) {
                case "" -> {}
                case "Sequence" -> node.path("normalizers").forEach(this::normalizer);
                case "Prepend" -> prepended = true;
                case "Replace" -> {
                    boolean space =
                            node.path("pattern").path("String").asString("").equals(" ");
                    if (!space || !node.path("content").asString("").equals("\u2581")) throw unknown("Replace");
                    replaced = true;
                }
                default -> throw unknown(type);
            }
        }

        void splitter(JsonNode node) {
            String type = node.path("type").asString("");
            switch (type) {
                case "" -> {}
                case "Sequence" -> node.path("pretokenizers").forEach(this::splitter);
                case "Metaspace" -> metaspace(node);
                case "Split" -> {
                    // Of spaces, of which none is left.
                    boolean space =
                            node.path("pattern").path("String").asString("").equals(" ");
                    if (!space || !replaced) throw unknown("Split");
                }
                default -> throw unknown(type);
            }
        }

        private void metaspace(JsonNode node) {
            if (node.path("split").asBoolean(true)) throw unknown("Metaspace that splits");
            replaced = true;
            String scheme = node.path("prepend_scheme").asString("always");
            prepended |= node.path("add_prefix_space").asBoolean(!scheme.equals("never"));
        }

        private static RuntimeException unknown(String type) {
            return Refused.because(
                    "tokenizer.json: the step " + type + " is not supported with SentencePiece's tokens");
        }
    }
}
