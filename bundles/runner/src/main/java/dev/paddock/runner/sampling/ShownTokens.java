package dev.paddock.runner.sampling;

import dev.paddock.runner.llama.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control tokens that print in one answer. Immutable. */
public final class ShownTokens {
    /** No control token prints. */
    public static final ShownTokens NONE = new ShownTokens(Map.of());

    private final Map<Integer, byte[]> pieces;
    private final int[] tokens;

    /** @param pieces what each token prints */
    ShownTokens(Map<Integer, byte[]> pieces) {
        this.pieces = Map.copyOf(pieces);
        tokens = new int[pieces.size()];
        int next = 0;
        for (int token : pieces.keySet()) tokens[next++] = token;
        Arrays.sort(tokens);
    }

    /** Those with these texts; texts that are no control token print anyway, and tokens that end an answer never do. */
    public static ShownTokens of(List<String> texts, Vocabulary vocabulary) {
        if (texts.isEmpty()) return NONE;
        Map<Integer, byte[]> pieces = new HashMap<>();
        for (String text : texts) {
            int token = vocabulary.control(text);
            if (token >= 0 && !vocabulary.endsGeneration(token)) {
                pieces.put(token, text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ShownTokens(pieces);
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Their ids, ascending; not to be changed. */
    int[] tokens() {
        return tokens;
    }

    /** The bytes that a token prints here; null when it is none of these. Not to be changed. */
    public byte[] piece(int token) {
        return pieces.get(token);
    }
}
