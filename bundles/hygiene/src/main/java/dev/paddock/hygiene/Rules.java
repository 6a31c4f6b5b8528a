package dev.paddock.hygiene;

import static dev.paddock.hygiene.Action.MOVE;
import static dev.paddock.hygiene.Action.OFF;
import static dev.paddock.hygiene.Action.REMOVE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is looked for and what is done with it. Immutable.
 *
 * @param rules in the order in which they are tried
 */
record Rules(List<Rule> rules) {
    private static final int MOST_PATTERNS = 50;
    private static final int LONGEST_PATTERN = 200;
    private static final Set<Action> USUAL = EnumSet.of(OFF, REMOVE, MOVE);

    Rules {
        rules = List.copyOf(rules);
    }

    /** @throws IllegalArgumentException naming the setting that cannot be used, and what would be right */
    static Rules of(VolatileFragments.Config config) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule("billing header", new BillingHeader(), Action.of("billing", config.billing(), USUAL)));
        rules.add(new Rule("token budget", new TokenBudget(), Action.of("budget", config.budget(), USUAL), true));
        rules.add(new Rule("time", new TimeLine(), Action.of("time", config.time(), EnumSet.allOf(Action.class))));
        rules.add(new Rule("session id", new IdLine(), Action.of("session", config.session(), USUAL)));
        if (config.lines().length > MOST_PATTERNS) {
            throw new IllegalArgumentException(VolatileFragments.PID + ": lines has " + config.lines().length
                    + " entries; at most " + MOST_PATTERNS + " are possible");
        }
        for (String line : config.lines()) rules.add(pattern(line));
        if (!config.enabled()) return new Rules(List.of());
        return new Rules(rules.stream().filter(rule -> rule.action() != OFF).toList());
    }

    private static Rule pattern(String entry) {
        String[] parts = entry.strip().split(" ", 2);
        String pattern = parts.length > 1 ? parts[1].strip() : "";
        boolean anything = pattern.replace("*", "").isBlank();
        if (anything || pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException(VolatileFragments.PID + ": \"" + entry
                    + "\" in lines must be an action and a pattern of at most " + LONGEST_PATTERN
                    + " characters, such as \"move Build number: *\"");
        }
        Action action = Action.of("an entry of lines", parts[0], EnumSet.of(REMOVE, MOVE));
        return new Rule("line like \"" + pattern + "\"", new LinePattern(pattern), action);
    }
}
