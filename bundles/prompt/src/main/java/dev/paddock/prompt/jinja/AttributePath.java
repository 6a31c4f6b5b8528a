package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The argument {@code attribute} of filters: a key, or names with dots between. */
final class AttributePath {
    static final UnaryOperator<Object> SELF = UnaryOperator.identity();

    private AttributePath() {}

    /** What follows the path into a value. */
    static UnaryOperator<Object> of(Object path) {
        return of(path, Undefined.MISSING);
    }

    /**
     * What follows the path into a value.
     *
     * @param absent stands for what is undefined on the way; {@link Undefined#MISSING} = nothing does
     */
    static UnaryOperator<Object> of(Object path, Object absent) {
        List<Object> keys = keys(path);
        return value -> {
            Object found = value;
            for (Object key : keys) {
                found = Access.item(found, key);
                if (found instanceof Undefined && absent != Undefined.MISSING) found = absent;
            }
            return found;
        };
    }

    private static List<Object> keys(Object path) {
        List<Object> keys = new ArrayList<>();
        if (!Values.isText(path)) {
            keys.add(path);
            return keys;
        }
        for (String part : path.toString().split("\\.", -1)) {
            boolean number =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            keys.add(number ? (Object) Long.valueOf(part) : part);
        }
        return keys;
    }
}
