package dev.paddock.health;

import java.util.Arrays;
import java.util.List;

/**
 * What must be so before requests are sent here.
 *
 * @param tag checks with this tag must hold
 * @param models these must be in memory besides, by display name
 */
record ReadyPolicy(String tag, List<String> models) {
    static final String ALL = "ready";
    static final String PROCESS = "process";

    private static final String ENGINE = "engine";
    private static final String MODELS = "models ";

    /** @throws IllegalArgumentException for anything else than the three forms */
    static ReadyPolicy parse(String text) {
        String policy = text.strip();
        if (policy.equals(PROCESS)) return new ReadyPolicy(PROCESS, List.of());
        if (policy.equals(ENGINE)) return new ReadyPolicy(ALL, List.of());
        List<String> names = policy.startsWith(MODELS) ? names(policy.substring(MODELS.length())) : List.of();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    Readyz.PID + ": ready.policy is \"" + text + "\"; it must be process, engine, or models NAME,NAME");
        }
        return new ReadyPolicy(ALL, names);
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
