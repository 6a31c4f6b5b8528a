package dev.paddock.modelfile.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object from one of a model's files. What is missing or wrong is refused with the names of file and key. Null
 * counts as absent. Where several keys are given, the first that is there counts: makers name the same thing differently.
 */
public final class Config {
    /** Most layers of a model, far above any real one. */
    public static final int LAYERS = 4096;
    /** Largest width of anything in a model. */
    public static final int WIDTH = 1 << 22;

    private final String file;
    private final JsonNode node;

    /**
     * @param file its name, for messages
     * @param node a JSON object
     */
    public Config(String file, JsonNode node) {
        this.file = file;
        this.node = node;
    }

    /** The name of its file. */
    public String file() {
        return file;
    }

    /** This, with what a nested object says instead where it says it. */
    public Config over(String nested) {
        JsonNode inner = node.get(nested);
        if (inner == null || !inner.isObject()) return this;
        ObjectNode merged = ((ObjectNode) node).deepCopy();
        merged.setAll((ObjectNode) inner);
        return new Config(file, merged);
    }

    /** This, with a number where the key is absent. */
    public Config or(String key, int number) {
        if (has(key)) return this;
        ObjectNode filled = ((ObjectNode) node).deepCopy();
        filled.put(key, number);
        return new Config(file, filled);
    }

    /** Whether one of the keys is there. */
    public boolean has(String... keys) {
        return first(keys) != null;
    }

    /** The value itself; empty when it is absent. */
    public Optional<JsonNode> value(String... keys) {
        return Optional.ofNullable(first(keys));
    }

    /** An object; empty when it is absent. */
    public Optional<Config> object(String... keys) {
        JsonNode found = first(keys);
        if (found == null) return Optional.empty();
        if (!found.isObject()) throw wrong(keys[0], found, "an object");
        return Optional.of(new Config(file, found));
    }

    /** A text; empty when it is absent. */
    public Optional<String> text(String... keys) {
        JsonNode found = first(keys);
        if (found == null) return Optional.empty();
        if (!found.isString()) throw wrong(keys[0], found, "a text");
        return Optional.of(found.asString());
    }

    /** A truth value. */
    public boolean flag(String key, boolean otherwise) {
        JsonNode found = first(key);
        if (found == null) return otherwise;
        if (!found.isBoolean()) throw wrong(key, found, "true or false");
        return found.asBoolean();
    }

    /** A whole number from 0 up; empty when it is absent. */
    public OptionalLong integer(String... keys) {
        JsonNode found = first(keys);
        if (found == null) return OptionalLong.empty();
        if (!found.isIntegralNumber() || !found.canConvertToLong() || found.asLong() < 0) {
            throw wrong(keys[0], found, "a whole number");
        }
        return OptionalLong.of(found.asLong());
    }

    /** A whole number from 1 to the limit. */
    public int size(int limit, String... keys) {
        long size = integer(keys).orElseThrow(() -> missing(keys[0]));
        if (size < 1 || size > limit) throw wrong(keys[0], first(keys), "a number from 1 to " + limit);
        return (int) size;
    }

    /** A number; empty when it is absent. */
    public OptionalDouble number(String... keys) {
        JsonNode found = first(keys);
        if (found == null) return OptionalDouble.empty();
        if (!found.isNumber() || !Double.isFinite(found.asDouble())) throw wrong(keys[0], found, "a number");
        return OptionalDouble.of(found.asDouble());
    }

    /** A number that must be there. */
    public double required(String... keys) {
        return number(keys).orElseThrow(() -> missing(keys[0]));
    }

    /** Numbers; empty when they are absent. */
    public Optional<List<Double>> numbers(String key, int most) {
        JsonNode found = first(key);
        if (found == null) return Optional.empty();
        if (!found.isArray() || found.size() > most) throw wrong(key, found, "a list of at most " + most + " numbers");
        List<Double> numbers = new ArrayList<>();
        for (JsonNode element : found) {
            if (!element.isNumber() || !Double.isFinite(element.asDouble())) throw wrong(key, found, "numbers only");
            numbers.add(element.asDouble());
        }
        return Optional.of(numbers);
    }

    /** Refuses a setting that does not have the one value that is supported. */
    public void demand(String key, String... allowed) {
        String found = text(key).orElse(allowed[0]);
        if (!List.of(allowed).contains(found)) {
            throw Refused.because(
                    file + ": \"" + key + "\" is \"" + found + "\"; supported is " + String.join(", ", allowed));
        }
    }

    /** What is thrown for a key that must be there. */
    public RuntimeException missing(String key) {
        return Refused.because(file + " lacks \"" + key + "\"");
    }

    private RuntimeException wrong(String key, JsonNode found, String wanted) {
        String text = found.toString();
        return Refused.because(
                file + ": \"" + key + "\" is " + text.substring(0, Math.min(text.length(), 60)) + ", not " + wanted);
    }

    private JsonNode first(String... keys) {
        for (String key : keys) {
            JsonNode found = node.get(key);
            if (found != null && !found.isNull()) return found;
        }
        return null;
    }
}
