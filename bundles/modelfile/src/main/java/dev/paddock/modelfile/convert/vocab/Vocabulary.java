package dev.paddock.modelfile.convert.vocab;

import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.ValueType;
import dev.paddock.modelfile.convert.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tokens and what goes with them, on their way into a GGUF file. It has exactly as many places as the model has rows for
 * tokens: places that the tokenizer does not fill are unused ones.
 */
public final class Vocabulary {
    /** Most tokens that a runner takes. */
    public static final int MOST_TOKENS = 3 << 20;

    private static final float ADDED_SCORE = -1000;
    private static final float NO_SCORE = -10_000;

    private final String kind;
    private final String splitter;
    private final String[] texts;
    private final TokenType[] types;
    private final float[] scores;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> special = new LinkedHashMap<>();
    private final Map<String, Boolean> flags = new LinkedHashMap<>();
    private final Map<String, String> templates = new LinkedHashMap<>();
    private List<String> merges = List.of();

    /**
     * @param kind what llama.cpp calls this way to split texts
     * @param splitter what it calls the way to split them into words first
     * @param size rows that the model has for tokens
     */
    Vocabulary(String kind, String splitter, int size) {
        if (size < 1 || size > MOST_TOKENS) {
            throw Refused.because("the model has rows for " + size + " tokens; allowed are 1 to " + MOST_TOKENS);
        }
        this.kind = kind;
        this.splitter = splitter;
        texts = new String[size];
        types = new TokenType[size];
        scores = new float[size];
        Arrays.fill(types, TokenType.UNUSED);
        Arrays.fill(scores, NO_SCORE);
    }

    int size() {
        return texts.length;
    }

    /**
     * Puts a token into its place; one that was there gives way.
     *
     * @return whether the model has a row for it
     */
    boolean put(long id, String text, TokenType type, float score) {
        if (id < 0 || id >= texts.length) return false;
        int place = (int) id;
        if (texts[place] != null) ids.remove(texts[place], place);
        Integer other = ids.putIfAbsent(text, place);
        if (other != null) {
            throw Refused.because(
                    "the tokenizer has the token \"" + shortened(text) + "\" twice, as " + other + " and " + place);
        }
        texts[place] = text;
        types[place] = type;
        scores[place] = score;
        return true;
    }

    /** A token that was added to the tokenizer's own. */
    boolean putAdded(long id, String text, TokenType type) {
        return put(id, text, type, ADDED_SCORE);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    Optional<Integer> id(String text) {
        return Optional.ofNullable(ids.get(text));
    }

    /** The text at a place; null when nothing is there. */
    String text(int id) {
        return texts[id];
    }

    TokenType type(int id) {
        return types[id];
    }

    void merges(List<String> inOrder) {
        merges = inOrder;
    }

    /** A setting of the tokenizer, by llama.cpp's name of it; the first word counts. */
    void flag(String key, boolean value) {
        flags.putIfAbsent(key, value);
    }

    /** Whether a setting was made. */
    boolean hasFlag(String key) {
        return flags.containsKey(key);
    }

    /** A token with a role, by llama.cpp's name of it; the first word counts. Ids without a token are not taken. */
    void special(String role, long id) {
        if (id >= 0 && id < texts.length) special.putIfAbsent(role, (int) id);
    }

    /** The token of that role. */
    Optional<Integer> special(String role) {
        return Optional.ofNullable(special.get(role));
    }

    /** A chat template; the one without a name is the usual one. */
    void template(String name, String text) {
        templates.putIfAbsent(name, text);
    }

    /** How many places are filled. */
    int filled() {
        return (int) Arrays.stream(texts).filter(text -> text != null).count();
    }

    /** Writes all of it. */
    public void write(GgufWriter out) {
        fillPlaces();
        out.text("tokenizer.ggml.model", kind).text("tokenizer.ggml.pre", splitter);
        out.array("tokenizer.ggml.tokens", ValueType.STRING, Arrays.asList(texts));
        if (kind.equals("llama") || kind.equals("t5")) {
            List<Float> numbers = new ArrayList<>(scores.length);
            for (float score : scores) numbers.add(score);
            out.array("tokenizer.ggml.scores", ValueType.FLOAT32, numbers);
        }
        out.array(
                "tokenizer.ggml.token_type",
                ValueType.INT32,
                Arrays.stream(types).map(TokenType::id).toList());
        if (!merges.isEmpty()) out.array("tokenizer.ggml.merges", ValueType.STRING, merges);
        special.forEach((role, id) -> out.uint32("tokenizer.ggml." + role + "_token_id", id));
        flags.forEach((key, value) -> out.bool("tokenizer.ggml." + key, value));
        writeTemplates(out);
    }

    private void writeTemplates(GgufWriter out) {
        List<String> named = new ArrayList<>();
        templates.forEach((name, text) -> {
            if (!name.isEmpty()) named.add(name);
            out.text("tokenizer.chat_template" + (name.isEmpty() ? "" : "." + name), text);
        });
        if (!named.isEmpty()) out.array("tokenizer.chat_templates", ValueType.STRING, named);
    }

    private void fillPlaces() {
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != null) continue;
            String name = "[PAD" + i + "]";
            while (ids.containsKey(name)) name += "_";
            ids.put(name, i);
            texts[i] = name;
        }
    }

    /** Says how many tokens had no place. */
    static void tellLost(int lost, Consumer<String> note) {
        if (lost > 0) note.accept(lost + " tokens of the tokenizer are left out: the model has no rows for them");
    }
}
