package dev.paddock.dialect.gemini;

import dev.paddock.api.prompt.Think;
import dev.paddock.dialect.kit.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code thinkingConfig}, read. A model thinks as it likes unless the request says otherwise; its thoughts are told only
 * to those who ask for them.
 *
 * @param think what is asked for
 * @param tokens most tokens of thoughts; empty = no limit
 * @param shown whether thoughts are sent
 */
record Thinking(Think think, OptionalInt tokens, boolean shown) {
    private static final String LEVEL = "thinkingLevel";

    static Thinking parse(Fields config) {
        boolean shown = config.flag("includeThoughts", false);
        Optional<Long> budget = config.integer("thinkingBudget", -1, Integer.MAX_VALUE);
        Optional<Think> level = config.text(LEVEL).map(text -> level(config, text));
        OptionalInt tokens =
                budget.filter(n -> n > 0).stream().mapToInt(Long::intValue).findFirst();
        if (budget.isPresent() && budget.get() == 0) return new Thinking(Think.OFF, OptionalInt.empty(), shown);
        boolean wanted = shown || tokens.isPresent();
        return new Thinking(level.orElse(wanted ? Think.ON : Think.UNSET), tokens, shown);
    }

    private static Think level(Fields config, String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "THINKING_LEVEL_UNSPECIFIED" -> Think.UNSET;
            case "MINIMAL", "LOW" -> Think.LOW;
            case "MEDIUM" -> Think.MEDIUM;
            case "HIGH" -> Think.HIGH;
            default -> throw config.wrong(LEVEL, "MINIMAL, LOW, MEDIUM or HIGH");
        };
    }
}
