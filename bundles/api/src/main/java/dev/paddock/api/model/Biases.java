package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what is to be added to the logits of single tokens: an object of token ids as OpenAI writes it, or a list of
 * pairs as llama.cpp's server does. {@code false} in place of a number forbids the token.
 */
final class Biases {
    /** More is no request for an answer any more. */
    private static final int MOST = 4096;

    private final String key;
    private final Map<Integer, Double> values = new LinkedHashMap<>();

    private Biases(String key) {
        this.key = key;
    }

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#TOO_LARGE} */
    static Map<Integer, Double> read(String key, Object json) {
        var biases = new Biases(key);
        switch (json) {
            case Map<?, ?> map -> map.forEach(biases::put);
            case List<?> pairs -> pairs.forEach(biases::pair);
            default -> throw biases.wrong();
        }
        return Collections.unmodifiableMap(biases.values);
    }

    private void pair(Object pair) {
        if (!(pair instanceof List<?> both) || both.size() != 2) throw wrong();
        put(both.get(0), both.get(1));
    }

    private void put(Object token, Object value) {
        values.put(id(token), number(value));
        if (values.size() > MOST) {
            throw new PaddockException(
                    Fault.TOO_LARGE, "option \"" + key + "\" names more than " + MOST + " tokens, which is the limit");
        }
    }

    private int id(Object token) {
        String text = String.valueOf(token);
        if (!text.matches("\\d{1,9}")) throw wrong();
        return Integer.parseInt(text);
    }

    private double number(Object value) {
        if (Boolean.FALSE.equals(value)) return Double.NEGATIVE_INFINITY;
        // What a stored model gives back for a forbidden token.
        if ("-Infinity".equals(value)) return Double.NEGATIVE_INFINITY;
        if (value instanceof Number n && Double.isFinite(n.doubleValue())) return n.doubleValue();
        throw wrong();
    }

    private PaddockException wrong() {
        return new PaddockException(
                Fault.INVALID_REQUEST,
                "option \"" + key + "\" must be an object of token ids and numbers, or a list of such pairs");
    }
}
