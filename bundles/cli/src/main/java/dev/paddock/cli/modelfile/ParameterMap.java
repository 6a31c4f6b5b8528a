package dev.paddock.cli.modelfile;

import dev.paddock.api.model.Option;
import dev.paddock.cli.server.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters of a model as texts become values, each of the type its option has. {@code stop} gathers its texts. */
public final class ParameterMap {
    /** Ollama accepts these with a warning and does nothing with them. */
    private static final Set<String> DEPRECATED =
            Set.of("penalize_newline", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mlock");

    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * Sets a parameter.
     *
     * @return a warning to be shown; empty when there is none
     * @throws Failure naming the parameter that is unknown or the value that is none
     */
    public String set(String name, String text) {
        if (DEPRECATED.contains(name)) return "parameter " + name + " is deprecated and has no effect";
        Option option =
                Option.of(name).orElseThrow(() -> new Failure(Failure.USAGE, "unknown parameter '" + name + "'"));
        switch (option.type()) {
            case INTEGER -> values.put(name, whole(text));
            case NUMBER -> values.put(name, number(text));
            case BOOLEAN -> values.put(name, truth(text));
            case STRINGS -> texts(name).add(text);
            case BIASES -> bias(name, text);
        }
        return "";
    }

    @SuppressWarnings("unchecked")
    private List<Object> texts(String name) {
        return (List<Object>) values.computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private static Boolean truth(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Failure(Failure.USAGE, "invalid bool value [" + text + "]");
        };
    }

    /** One line gives one token: {@code 123=-5}. */
    @SuppressWarnings("unchecked")
    private void bias(String name, String text) {
        String[] both = text.strip().split("=", 2);
        if (both.length != 2) throw new Failure(Failure.USAGE, "invalid " + name + " [" + text + "]; write TOKEN=BIAS");
        var biases = (Map<String, Object>) values.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
        biases.put(Long.toString(whole(both[0])), number(both[1]));
    }

    private static Long whole(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new Failure(Failure.USAGE, "invalid int value [" + text + "]");
        }
    }

    private static Double number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) return value;
        } catch (NumberFormatException e) {
            // told below, like infinity
        }
        throw new Failure(Failure.USAGE, "invalid float value [" + text + "]");
    }

    /** What was set so far, in that order. */
    public Map<String, Object> values() {
        return values;
    }
}
