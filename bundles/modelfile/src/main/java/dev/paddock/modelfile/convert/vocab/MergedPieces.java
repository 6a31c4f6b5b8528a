package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * SentencePiece's tokens where only {@code tokenizer.json} is there: merges instead of scores. llama.cpp merges the two
 * whose result has the highest score, whatever they are. That is the same as the first merge of the list when the merges
 * of one token follow each other and no way to make it is missing; where that is not so the tokenizer is refused.
 */
final class MergedPieces {
    private final TokenizerJson json;
    private final Set<String> found = new HashSet<>();
    /** By a token's id, which is made before which, from 1 on; 0 = no merge makes it. */
    private final int[] ranks;

    private MergedPieces(TokenizerJson json, AddedTokens added) {
        this.json = json;
        added.all().forEach(token -> found.add(token.text()));
        ranks = new int
                [1
                        + json.vocabulary().values().stream()
                                .mapToInt(id -> id)
                                .max()
                                .orElse(0)];
    }

    static Vocabulary of(TokenizerJson json, AddedTokens added, int size, Consumer<String> note) {
        MergedPieces pieces = new MergedPieces(json, added);
        pieces.rank();
        pieces.requireAllWays();
        var vocabulary = new Vocabulary("llama", "default", size);
        int lost = 0;
        for (var token : json.vocabulary().entrySet()) {
            lost += pieces.put(token.getKey(), token.getValue(), vocabulary) ? 0 : 1;
        }
        lost += SentencePieces.add(vocabulary, added);
        Vocabulary.tellLost(lost, note);
        SentencePieces.requireBytes(vocabulary);
        return vocabulary;
    }

    private boolean put(String text, int id, Vocabulary vocabulary) {
        boolean unknown = text.equals(json.text("unk_token"));
        TokenType type = isByte(text) ? TokenType.BYTE : unknown ? TokenType.UNKNOWN : TokenType.NORMAL;
        return vocabulary.put(id, text, type, ranks[id] == 0 ? -json.merges().size() : -ranks[id]);
    }

    private static boolean isByte(String text) {
        return text.length() == 6 && text.startsWith("<0x") && text.endsWith(">");
    }

    /** Which token is made before which; those that are found in the text as they are need not be made. */
    private void rank() {
        int last = -1;
        int rank = 0;
        for (String merge : json.merges()) {
            String made = made(merge);
            Integer id = json.vocabulary().get(made);
            if (id == null) throw Refused.because("tokenizer.json: a merge makes \"" + made + "\", which is no token");
            if (found.contains(made)) continue;
            if (id != last && ranks[id] != 0) throw notAlike();
            if (id != last) ranks[id] = ++rank;
            last = id;
        }
    }

    private static String made(String merge) {
        int space = merge.indexOf(' ', 1);
        return merge.substring(0, space) + merge.substring(space + 1);
    }

    /** Of each token, any two tokens that make it must be a merge: as many as there are must be in the list. */
    private void requireAllWays() {
        int[] listed = new int[ranks.length];
        for (String merge : json.merges()) {
            int space = merge.indexOf(' ', 1);
            boolean counts = comesAbout(merge.substring(0, space)) && comesAbout(merge.substring(space + 1));
            if (counts) listed[json.vocabulary().get(made(merge))]++;
        }
        json.vocabulary().forEach((made, id) -> {
            if (!found.contains(made) && ways(made) != listed[id]) throw notAlike();
        });
    }

    private int ways(String made) {
        int ways = 0;
        for (int i = 1; i < made.length(); i++) {
            if (Character.isLowSurrogate(made.charAt(i))) continue;
            if (comesAbout(made.substring(0, i)) && comesAbout(made.substring(i))) ways++;
        }
        return ways;
    }

    /** Whether a text is a token that ever comes about: it is a character, or merges lead to it. */
    private boolean comesAbout(String text) {
        Integer id = json.vocabulary().get(text);
        return id != null && (ranks[id] > 0 || text.codePointCount(0, text.length()) == 1);
    }

    private static RuntimeException notAlike() {
        return Refused.because("tokenizer.json: its merges are not those of a SentencePiece model, and llama.cpp has no"
                + " other way for them; add the file tokenizer.model if there is one");
    }

    /** Whether a text begins with a space that is not there. */
    static boolean prefix(TokenizerJson json) {
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
