package dev.paddock.prompt.go;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Go's values in Java: nil is null, bool {@link Boolean}, int {@link Long}, float64 {@link Double}, string {@link
 * String}, slices {@link List}, maps {@link Map} with text keys, structs {@link GoStruct}. Other numbers of Java are
 * whole numbers too.
 */
final class Values {
    /** Go's order of strings: by code points. */
    static final Comparator<String> ORDER = Values::compare;

    private Values() {}

    static boolean isReal(Object value) {
        return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
    }

    static boolean isInteger(Object value) {
        return value instanceof Number && !isReal(value);
    }

    static String typeName(Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Boolean b -> "bool";
            case String s -> "string";
            case Number n -> isReal(n) ? "float64" : "int";
            case GoStruct s -> s.type();
            case Map<?, ?> m -> "map[string]interface {}";
            case List<?> l -> "[]interface {}";
            default -> "interface {}";
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty();
            case List<?> l -> !l.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Number n -> n.doubleValue() != 0;
            default -> true;
        };
    }

    /** A map's entries in Go's order, which is that of the keys. */
    static Map<String, Object> sorted(Map<?, ?> map, Run run) {
        run.work(map.size());
        Map<String, Object> sorted = new TreeMap<>(ORDER);
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) continue;
            // Surrogates stand for characters above all others.
            boolean high = Character.isSurrogate(x);
            return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
        }
        return Integer.compare(a.length(), b.length());
    }
}
