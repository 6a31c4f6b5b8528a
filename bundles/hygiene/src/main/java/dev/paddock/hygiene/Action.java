package dev.paddock.hygiene;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done with a fragment that changes from request to request. */
enum Action {
    /** It stays. */
    OFF,
    /** It is left out. */
    REMOVE,
    /** It goes to the end of the last message, behind all that can be computed once. */
    MOVE,
    /** Its changing part is left out: of a time, the time of day. */
    NORMALISE;

    /** @throws IllegalArgumentException naming the setting and the values that it may have */
    static Action of(String key, String value, Set<Action> allowed) {
        return Arrays.stream(values())
                .filter(action -> allowed.contains(action) && action.word().equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(VolatileFragments.PID + ": " + key + " is \"" + value
                        + "\"; it must be one of " + words(allowed)));
    }

    private static String words(Set<Action> actions) {
        return Arrays.stream(values())
                .filter(actions::contains)
                .map(Action::word)
                .collect(Collectors.joining(", "));
    }

    /** As settings say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
