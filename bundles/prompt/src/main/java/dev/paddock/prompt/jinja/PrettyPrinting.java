package dev.paddock.prompt.jinja;

import java.util.Map;

/** The filter {@code pprint}: what Python's pprint writes when all of it goes on one line, dicts by their keys. */
final class PrettyPrinting {
    private PrettyPrinting() {}

    static String text(Run run, Object value) {
        return Printing.repr(run, sorted(run, value));
    }

    private static Object sorted(Run run, Object value) {
        if (!(value instanceof Map<?, ?> dict)) return value;
        MadeDict sorted = new MadeDict();
        for (Object key : Sorting.sorted(run, Values.list(run, dict), AttributePath.SELF, false)) {
            sorted.put(key, Dicts.get(run, dict, key));
        }
        return sorted;
    }
}
