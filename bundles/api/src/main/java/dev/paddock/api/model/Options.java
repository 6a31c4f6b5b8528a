package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sparse set of options: what is not in it has its default. Integers are {@link Long}, numbers {@link Double}, stop
 * texts {@code List<String>}, truth values {@link Boolean}, biases {@code Map<Integer, Double>}.
 *
 * @param values each value has the type its {@link Option} says
 * @param unknown names that are not options of ours, kept so that they can be reported rather than dropped in silence
 */
public record Options(Map<Option, Object> values, List<String> unknown) {
    /** Nothing is set. */
    public static final Options NONE = new Options(Map.of(), List.of());

    public Options {
        values = Collections.unmodifiableMap(copy(values));
        unknown = List.copyOf(unknown);
    }

    private static Map<Option, Object> copy(Map<Option, Object> values) {
        Map<Option, Object> copy = new EnumMap<>(Option.class);
        copy.putAll(values);
        return copy;
    }

    /**
     * Checks a JSON object: nulls are skipped, whole numbers may be written as 5.0.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the option and the type it must have
     */
    public static Options of(Map<String, ?> json) {
        Map<Option, Object> values = new EnumMap<>(Option.class);
        List<String> unknown = new ArrayList<>();
        json.forEach((key, value) -> {
            var option = Option.of(key);
            if (option.isEmpty()) unknown.add(key);
            else if (value != null) values.put(option.get(), checked(option.get(), value));
        });
        return new Options(values, unknown);
    }

    private static Object checked(Option option, Object value) {
        return switch (option.type()) {
            case INTEGER -> {
                double d = finite(option, value);
                if (Math.abs(d) > Long.MAX_VALUE / 2.0) throw wrongType(option);
                yield ((Number) value).longValue();
            }
            case NUMBER -> finite(option, value);
            case BOOLEAN -> {
                if (!(value instanceof Boolean flag)) throw wrongType(option);
                yield flag;
            }
            case STRINGS -> strings(option, value);
            case BIASES -> Biases.read(option.key(), value);
        };
    }

    private static List<String> strings(Option option, Object value) {
        if (!(value instanceof List<?> list)) throw wrongType(option);
        return list.stream()
                .map(element -> {
                    if (element instanceof String text) return text;
                    throw new PaddockException(
                            Fault.INVALID_REQUEST, "option \"" + option.key() + "\" must be of an array of strings");
                })
                .toList();
    }

    private static double finite(Option option, Object value) {
        if (value instanceof Number n && Double.isFinite(n.doubleValue())) return n.doubleValue();
        throw wrongType(option);
    }

    private static PaddockException wrongType(Option option) {
        return new PaddockException(
                Fault.INVALID_REQUEST,
                "option \"" + option.key() + "\" must be of type "
                        + option.type().display());
    }

    /** These options with the other's on top. */
    public Options with(Options over) {
        Map<Option, Object> merged = copy(values);
        merged.putAll(over.values);
        List<String> names = new ArrayList<>(unknown);
        names.addAll(over.unknown);
        return new Options(merged, names);
    }

    /** An integer option within the range of int, or the default when it is not set. Larger values are clamped. */
    public int integer(Option option, int absent) {
        return values.get(option) instanceof Long n ? Math.clamp(n, Integer.MIN_VALUE, Integer.MAX_VALUE) : absent;
    }

    /** A number option, or the default when it is not set. */
    public double number(Option option, double absent) {
        return values.get(option) instanceof Double d ? d : absent;
    }

    /** A truth value; false when not set. */
    public boolean flag(Option option) {
        return Boolean.TRUE.equals(values.get(option));
    }

    /** The stop texts; empty when not set. */
    public List<String> stop() {
        return texts(Option.STOP, List.of());
    }

    /** A list of texts, or the default when it is not set. */
    public List<String> texts(Option option, List<String> absent) {
        return values.get(option) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : absent;
    }

    /** What is added to the logits of single tokens, by their ids; negative infinity forbids a token. */
    public Map<Integer, Double> biases() {
        Map<Integer, Double> biases = new LinkedHashMap<>();
        if (values.get(Option.LOGIT_BIAS) instanceof Map<?, ?> map) {
            map.forEach((token, value) -> biases.put((Integer) token, (Double) value));
        }
        return biases;
    }
}
