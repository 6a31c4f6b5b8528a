package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Traits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a recipe changes in a configuration. Pure functions. */
final class ConfigFacts {
    /** Ollama's order; what is not among them comes last but for the machine. */
    private static final List<String> ORDER = List.of(
            "model_format",
            "model_family",
            "model_families",
            "model_type",
            "file_type",
            "renderer",
            "parser",
            "requires",
            "remote_host",
            "remote_model",
            "capabilities",
            "context_length",
            "embedding_length",
            "base_name",
            "draft");

    private static final List<String> MACHINE = List.of("architecture", "os");

    /** What follows from the weights, and changes with them. */
    private static final List<String> OF_WEIGHTS =
            List.of("model_format", "model_family", "model_families", "model_type", "file_type");

    /** Texts of a recipe to keys of a configuration. */
    private static final Map<String, String> TEXTS = Map.of(
            "model_family", "model_family",
            "base_name", "base_name",
            "quantization_level", "file_type",
            "parameter_size", "model_type");

    private static final List<String> NUMBERS = List.of("context_length", "embedding_length");
    private static final int MOST_CAPABILITIES = 64;
    private static final int LONGEST_TEXT = 256;
    private static final Pattern SEMANTIC_VERSION =
            Pattern.compile("v?\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(-[0-9A-Za-z.-]{1,99})?(\\+[0-9A-Za-z.-]{1,99})?");

    private ConfigFacts() {}

    /** Puts what new weights say in place of what the old ones said. */
    static void weigh(Map<String, Object> config, Map<String, Object> weights) {
        OF_WEIGHTS.forEach(key -> {
            if (weights.containsKey(key)) config.put(key, weights.get(key));
        });
    }

    /** Adds the architecture of a file beside the weights. */
    static void addFamily(Map<String, Object> config, String architecture) {
        if (architecture.isEmpty()) return;
        List<Object> families = new ArrayList<>();
        if (config.get("model_families") instanceof List<?> known) families.addAll(known);
        if (!families.contains(architecture)) families.add(architecture);
        config.put("model_families", families);
    }

    /** @throws PaddockException when the version is none */
    static void apply(Map<String, Object> config, Traits traits) {
        putText(config, "renderer", traits.renderer());
        putText(config, "parser", traits.parser());
        if (!traits.requires().isEmpty()
                && !SEMANTIC_VERSION.matcher(traits.requires()).matches()) {
            throw Faults.invalid("requires must be a valid semver (e.g. 0.14.0)");
        }
        putText(config, "requires", traits.requires());
    }

    private static void putText(Map<String, Object> config, String key, String value) {
        if (value.length() > LONGEST_TEXT) {
            throw Faults.invalid("\"" + key + "\" has " + value.length() + " characters, the limit is " + LONGEST_TEXT);
        }
        if (!value.isEmpty()) config.put(key, value);
    }

    /** @throws PaddockException when a fact is not of its type */
    static void apply(Map<String, Object> config, Map<String, Object> info) {
        info.forEach((key, value) -> {
            if (TEXTS.containsKey(key)) putText(config, TEXTS.get(key), text(key, value));
            else if (NUMBERS.contains(key)) config.put(key, number(key, value));
            else if (key.equals("capabilities")) config.put(key, capabilities(value));
            else throw Faults.invalid("info field \"" + key + "\" is not known");
        });
    }

    private static String text(String key, Object value) {
        if (value instanceof String text) return text;
        throw Faults.invalid("info field \"" + key + "\" must be a string");
    }

    private static long number(String key, Object value) {
        if (value instanceof Number n
                && n.doubleValue() == Math.rint(n.doubleValue())
                && n.doubleValue() >= 0
                && n.doubleValue() < 1L << 53) {
            return n.longValue();
        }
        throw Faults.invalid("info field \"" + key + "\" must be a non-negative integer");
    }

    private static List<String> capabilities(Object value) {
        if (!(value instanceof List<?> list) || list.size() > MOST_CAPABILITIES) {
            throw Faults.invalid("info field \"capabilities\" must be a list of strings");
        }
        return list.stream().map(one -> text("capabilities", one)).toList();
    }

    /** The configuration in Ollama's order of keys. */
    static Map<String, Object> ordered(Map<String, Object> config) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        copy(config, ordered, ORDER);
        config.forEach((key, value) -> {
            if (!ORDER.contains(key) && !MACHINE.contains(key)) ordered.put(key, value);
        });
        copy(config, ordered, MACHINE);
        return ordered;
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, List<String> keys) {
        for (String key : keys) {
            if (from.containsKey(key)) to.put(key, from.get(key));
        }
    }
}
