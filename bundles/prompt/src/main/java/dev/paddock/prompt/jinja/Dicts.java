package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python's dicts: 1, 1.0 and true are one key; lists and dicts are none. */
final class Dicts {
    private Dicts() {}

    static void put(Map<Object, Object> dict, Object key, Object value) {
        dict.put(existing(dict, hashable(key)), value);
    }

    /** The value of a key, or {@link Undefined#MISSING}. */
    static Object get(Map<?, ?> dict, Object key) {
        Object wanted = existing(dict, hashable(key));
        Object value = dict.get(wanted);
        return value != null || dict.containsKey(wanted) ? value : Undefined.MISSING;
    }

    private static Object hashable(Object key) {
        boolean list = key instanceof List<?> && !(key instanceof Tuple);
        if (list || key instanceof Map<?, ?>) {
            throw new TemplateException("unhashable type: '" + Values.typeName(key) + "'");
        }
        return key instanceof Markup markup ? markup.text() : key;
    }

    /** The key of the dict that is equal to this one as a number. */
    private static Object existing(Map<?, ?> dict, Object key) {
        if (!Numbers.isNumber(key) || dict.containsKey(key)) return key;
        for (Object other : dict.keySet()) {
            if (Numbers.isNumber(other) && Comparing.equal(other, key)) return other;
        }
        return key;
    }

    static List<Object> items(Map<?, ?> dict) {
        List<Object> items = new ArrayList<>(dict.size());
        dict.forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }
}
