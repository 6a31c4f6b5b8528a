package dev.paddock.dialect.anthropic;

import dev.paddock.api.prompt.Think;
import dev.paddock.dialect.kit.Fields;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Whether, how hard and how long the model shall think. A request that says nothing of it wants no thoughts, as with
 * Anthropic's models: a small {@code max_tokens} would be spent on them.
 *
 * @param think what is asked for
 * @param tokens most tokens of thoughts; empty = no limit
 * @param shown whether their text is sent
 */
record Thinking(Think think, OptionalInt tokens, boolean shown) {
    private static final Thinking NONE = new Thinking(Think.OFF, OptionalInt.empty(), true);

    /**
     * Reads {@code thinking} and {@code output_config.effort}.
     *
     * @param output {@code output_config}
     * @param thinker whether the model can think
     */
    static Thinking parse(Fields body, Fields output, BooleanSupplier thinker) {
        Think level = effort(output);
        return body.object("thinking")
                .map(json -> switch (json.text("type").orElse("")) {
                    case "disabled" -> NONE;
                    case "enabled" -> new Thinking(level, budget(json), shown(json));
                    // Then the model decides, and one that cannot think decides against it.
                    case "adaptive" ->
                        thinker.getAsBoolean() ? new Thinking(level, OptionalInt.empty(), shown(json)) : NONE;
                    default -> throw json.wrong("type", "enabled, disabled or adaptive");
                })
                .orElse(NONE);
    }

    private static OptionalInt budget(Fields json) {
        return json.integer("budget_tokens", 1, Integer.MAX_VALUE).stream()
                .mapToInt(Long::intValue)
                .findFirst();
    }

    private static boolean shown(Fields json) {
        return switch (json.text("display").orElse("summarized")) {
            case "summarized" -> true;
            case "omitted" -> false;
            default -> throw json.wrong("display", "summarized or omitted");
        };
    }

    private static Think effort(Fields output) {
        return output.text("effort")
                .map(effort -> switch (effort) {
                    case "low" -> Think.LOW;
                    case "medium" -> Think.MEDIUM;
                    case "high" -> Think.HIGH;
                    case "xhigh", "max" -> Think.MAX;
                    default -> throw output.wrong("effort", "low, medium, high, xhigh or max");
                })
                .orElse(Think.ON);
    }
}
