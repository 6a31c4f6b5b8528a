package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** How many characters a template is given. */
final class InputSize {
    private static final int MOST_DEPTH = 100;

    private InputSize() {}

    static long of(Map<String, ?> variables) {
        return of(variables, 0);
    }

    /** What lies deeper counts nothing: a template could not print it either. */
    private static long of(Object value, int depth) {
        if (depth > MOST_DEPTH) return 0;
        long size = 0;
        switch (value) {
            case String text -> size = text.length();
            case List<?> list -> {
                for (Object item : list) size += of(item, depth + 1);
            }
            case Map<?, ?> map -> {
                for (Object item : map.values()) size += of(item, depth + 1);
            }
            case null, default -> {}
        }
        return size;
    }
}
