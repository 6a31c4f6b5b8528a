package dev.paddock.api.engine;

import java.util.Comparator;

/**
 * Order of backends' versions as OSGi writes them: three numbers, then a word. What is not written so comes first, by its
 * text.
 */
public final class Versions {
    private static final int NUMBERS = 3;

    /** The older first. */
    public static final Comparator<String> OLDER_FIRST = Versions::compare;

    private Versions() {}

    private static int compare(String left, String right) {
        String[] a = left.split("\\.", NUMBERS + 1);
        String[] b = right.split("\\.", NUMBERS + 1);
        for (int i = 0; i < NUMBERS; i++) {
            int order = Long.compare(number(a, i), number(b, i));
            if (order != 0) return order;
        }
        int order = word(a).compareTo(word(b));
        return order != 0 ? order : left.compareTo(right);
    }

    /** A part that is missing is 0; one that is no number comes before all numbers. */
    private static long number(String[] parts, int index) {
        if (index >= parts.length) return 0;
        return parts[index].matches("[0-9]{1,18}") ? Long.parseLong(parts[index]) : -1;
    }

    private static String word(String[] parts) {
        return parts.length > NUMBERS ? parts[NUMBERS] : "";
    }
}
