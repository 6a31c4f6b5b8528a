package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Tokens that were added to a tokenizer's own, from whichever of its files tells of them. */
final class AddedTokens {
    private static final int MOST = 1 << 18;
    /** Control tokens that their makers marked as ordinary ones. */
    private static final Set<String> SPECIAL = Set.of("<pad>", "<mask>", "<2mass>", "[@BOS@]");

    /**
     * @param id its place
     * @param text what it looks like
     * @param special never part of a text
     */
    record Added(long id, String text, boolean special) {
        /** As llama.cpp looks for it: a text's spaces are spaces. */
        String searched() {
            return special ? text : text.replace('\u2581', ' ');
        }

        TokenType type() {
            return special ? TokenType.CONTROL : TokenType.USER_DEFINED;
        }
    }

    private final Map<Long, Added> tokens = new TreeMap<>();

    private AddedTokens() {}

    /** Later files know better than earlier ones. */
    static AddedTokens read(ModelFiles files, TokenizerJson json) throws IOException {
        AddedTokens read = new AddedTokens();
        var older = files.json("added_tokens.json");
        if (older.isPresent()) older.get().properties().forEach(e -> read.add(e.getValue(), e.getKey(), false));
        var config = files.config("tokenizer_config.json").flatMap(c -> c.object("added_tokens_decoder"));
        if (config.isPresent()) read.decoder(files.json("tokenizer_config.json").orElseThrow());
        if (json != null) {
            for (JsonNode token : json.part("added_tokens")) read.add(token.path("id"), token);
        }
        return read;
    }

    private void decoder(JsonNode config) {
        config.path("added_tokens_decoder").properties().forEach(entry -> {
            if (!entry.getKey().matches("\\d{1,9}")) throw Refused.because("an added token has no number");
            add(Long.parseLong(entry.getKey()), entry.getValue());
        });
    }

    private void add(JsonNode id, JsonNode token) {
        if (!id.isIntegralNumber() || !id.canConvertToInt()) throw Refused.because("an added token has no number");
        add(id.asLong(), token);
    }

    private void add(long id, JsonNode token) {
        String text = token.path("content").asString("");
        if (text.isEmpty()) throw Refused.because("the added token " + id + " has no text");
        put(new Added(id, text, token.path("special").asBoolean(false) || looksSpecial(text)));
    }

    private void add(JsonNode id, String text, boolean special) {
        if (!id.isIntegralNumber() || !id.canConvertToInt()) throw Refused.because("an added token has no number");
        put(new Added(id.asLong(), text, special || looksSpecial(text)));
    }

    private void put(Added token) {
        tokens.put(token.id(), token);
        if (tokens.size() > MOST) throw Refused.because("more than " + MOST + " tokens were added to the tokenizer");
    }

    private static boolean looksSpecial(String text) {
        return SPECIAL.contains(text)
                || (text.startsWith("<|") && text.endsWith("|>"))
                || (text.startsWith("<\uff5c") && text.endsWith("\uff5c>"))
                || (text.startsWith("<unused") && text.endsWith(">"));
    }

    /** In the order of their places. */
    Collection<Added> all() {
        return tokens.values();
    }

    /** A text setting of the tokenizer, which may be wrapped as a token. */
    static String named(Config config, String key) {
        return config.value(key)
                .map(node -> node.isObject() ? node.path("content").asString("") : node.asString(""))
                .orElse("");
    }
}
