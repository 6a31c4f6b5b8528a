package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The file {@code tokenizer.json}, read as a stream because its vocabulary and merges would take many times their size as
 * a tree.
 */
final class TokenizerJson {
    private static final long FILE_BYTES = 48L << 20;
    private static final int MOST_MERGES = 1 << 20;
    /** Gemma 3 has 2.7 million of them. */
    private static final long MOST_VALUES = 6 << 20;
    /** Parts that are read as trees; what else there is does not matter. */
    private static final Set<String> PARTS = Set.of("added_tokens", "normalizer", "pre_tokenizer", "post_processor");

    private static final JsonMapper JSON = JsonMapper.builder(ModelFiles.factory(FILE_BYTES, MOST_VALUES))
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // parts are read, each in its place
            .build();

    private final Map<String, JsonNode> parts = new HashMap<>();
    private final Map<String, JsonNode> model = new HashMap<>();
    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final List<String> merges = new ArrayList<>();
    private boolean scored;

    private TokenizerJson() {}

    static TokenizerJson read(Path file) throws IOException {
        TokenizerJson read = new TokenizerJson();
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JSON.createParser(in)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "it holds no JSON object");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String part = json.currentName();
                json.nextToken();
                if (part.equals("model")) read.model(json);
                else if (PARTS.contains(part)) read.parts.put(part, JSON.readTree(json));
                else json.skipChildren();
            }
            require(json.nextToken() == null, "something follows its JSON");
            return read;
        } catch (JacksonException e) {
            throw Refused.because("tokenizer.json cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private void model(JsonParser json) {
        require(json.currentToken() == JsonToken.START_OBJECT, "its \"model\" is no object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("vocab") && token == JsonToken.START_OBJECT) vocabulary(json);
            else if (key.equals("vocab")) skipScored(json);
            else if (key.equals("merges")) merges(json);
            else model.put(key, JSON.readTree(json));
        }
    }

    private void skipScored(JsonParser json) {
        scored = true;
        json.skipChildren();
    }

    private void vocabulary(JsonParser json) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String text = json.currentName();
            require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a token's id is no whole number");
            int id = json.getIntValue();
            require(
                    id >= 0 && id < Vocabulary.MOST_TOKENS && vocabulary.size() < Vocabulary.MOST_TOKENS,
                    "its vocabulary is not sound");
            require(vocabulary.put(text, id) == null, "it has a token twice");
        }
    }

    private void merges(JsonParser json) {
        require(json.currentToken() == JsonToken.START_ARRAY, "its merges are no list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(merges.size() < MOST_MERGES, "it has more than " + MOST_MERGES + " merges");
            merges.add(json.currentToken() == JsonToken.START_ARRAY ? pair(json) : joined(json));
        }
    }

    /** "left right" */
    private static String joined(JsonParser json) {
        require(json.currentToken() == JsonToken.VALUE_STRING, "a merge is neither a text nor a pair");
        String merge = json.getString();
        int space = merge.indexOf(' ', 1);
        require(space > 0 && space < merge.length() - 1 && merge.indexOf(' ', space + 1) < 0, "a merge is no pair");
        return merge;
    }

    /** ["left", "right"] */
    private static String pair(JsonParser json) {
        String left = part(json);
        String right = part(json);
        require(json.nextToken() == JsonToken.END_ARRAY, "a merge is no pair");
        return left + ' ' + right;
    }

    private static String part(JsonParser json) {
        require(json.nextToken() == JsonToken.VALUE_STRING, "a merge is no pair of texts");
        String part = json.getString();
        require(!part.isEmpty() && part.indexOf(' ') < 0, "a merge has a space in it, which llama.cpp cannot read");
        return part;
    }

    private static void require(boolean sound, String words) {
        if (!sound) throw Refused.because("tokenizer.json: " + words);
    }

    /** BPE, WordPiece, Unigram... */
    String kind() {
        return text("type").isEmpty() && !merges.isEmpty() ? "BPE" : text("type");
    }

    /** A truth value of the model. */
    boolean flag(String key) {
        return model.getOrDefault(key, JsonNodeFactory.instance.nullNode()).asBoolean(false);
    }

    /** A text of the model; empty when it is absent. */
    String text(String key) {
        return model.getOrDefault(key, JsonNodeFactory.instance.nullNode()).asString("");
    }

    /** Tokens of the model and their ids, in the file's order. */
    Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /** Pairs that become one, "left right", the first before all others. */
    List<String> merges() {
        return merges;
    }

    /** Whether its tokens have scores instead of merges. */
    boolean scored() {
        return scored;
    }

    /** normalizer, pre_tokenizer, post_processor, added_tokens...; null is absent. */
    JsonNode part(String name) {
        JsonNode part = parts.get(name);
        return part == null || part.isNull() ? JsonNodeFactory.instance.missingNode() : part;
    }
}
