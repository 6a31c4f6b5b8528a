package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The argument {@code attribute} of filters: a key, or names with dots between. */
final class AttributePath {
    static final UnaryOperator<Object> SELF = UnaryOperator.identity();

    private static final int LONGEST = 1000;

    private AttributePath() {}

    /** What follows the path into a value; no path leads nowhere. */
    static UnaryOperator<Object> optional(Run run, Object path) {
        return path == null ? SELF : of(run, path);
    }

    /** What follows the path into a value. */
    static UnaryOperator<Object> of(Run run, Object path) {
        return of(run, path, null);
    }

    /**
     * What follows the path into a value.
     *
     * @param absent stands for what is undefined on the way; null = nothing does
     */
    static UnaryOperator<Object> of(Run run, Object path, Object absent) {
        List<Object> keys = keys(path);
        return value -> {
            Object found = value;
            for (Object key : keys) {
                found = Access.item(run, found, key);
                if (found instanceof Undefined && absent != null) found = absent;
            }
            return found;
        };
    }

    /** The text of a path, which is not long. */
    static String checked(Object path) {
        String text = path.toString();
        if (text.length() > LONGEST) {
            throw new TemplateException("the attribute has more than " + LONGEST + " characters");
        }
        return text;
    }

    private static List<Object> keys(Object path) {
        List<Object> keys = new ArrayList<>();
        if (path == null) return keys;
        if (!Values.isText(path)) {
            keys.add(path);
            return keys;
        }
        for (String part : checked(path).split("\\.", -1)) {
            boolean number =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            keys.add(number ? (Object) Long.valueOf(part) : part);
        }
        return keys;
    }
}
