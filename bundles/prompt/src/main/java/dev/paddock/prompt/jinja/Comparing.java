package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** Equality, order and membership as in Python. */
final class Comparing {
    /** The order of a NaN and anything. */
    private static final int UNORDERED = 2;

    private Comparing() {}

    static boolean equal(Object a, Object b) {
        if (a == b) return true;
        if (a == null || b == null) return false;
        if (Values.isText(a) && Values.isText(b)) return a.toString().equals(b.toString());
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) return numbers(a, b) == 0;
        if (a instanceof List<?> x && b instanceof List<?> y) return lists(x, y);
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) return dicts(x, y);
        return a.equals(b);
    }

    private static boolean lists(List<?> a, List<?> b) {
        if (a instanceof Tuple != b instanceof Tuple || a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) return false;
        }
        return true;
    }

    private static boolean dicts(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) return false;
        for (var entry : a.entrySet()) {
            Object value = Dicts.get(b, entry.getKey());
            if (value == Undefined.MISSING || !equal(entry.getValue(), value)) return false;
        }
        return true;
    }

    private static int numbers(Object a, Object b) {
        if (Numbers.isSmall(a) && Numbers.isSmall(b)) return Long.compare(Numbers.small(a), Numbers.small(b));
        if (!Numbers.isFloat(a) && !Numbers.isFloat(b)) return Numbers.big(a).compareTo(Numbers.big(b));
        double x = Numbers.real(a);
        double y = Numbers.real(b);
        return x < y ? -1 : x > y ? 1 : x == y ? 0 : UNORDERED;
    }

    /** Negative, zero or positive; fails for values without an order. */
    static int order(Object a, Object b, String operator) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) return numbers(a, b);
        if (Values.isText(a) && Values.isText(b)) return texts(a.toString(), b.toString());
        if (a instanceof List<?> x && b instanceof List<?> y && x instanceof Tuple == y instanceof Tuple) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                if (!equal(x.get(i), y.get(i))) return order(x.get(i), y.get(i), operator);
            }
            return Integer.compare(x.size(), y.size());
        }
        Undefined.require(a);
        Undefined.require(b);
        throw new TemplateException("'" + operator + "' not supported between instances of '" + Values.typeName(a)
                + "' and '" + Values.typeName(b) + "'");
    }

    /** By code points; UTF-16 would put surrogates before U+E000. */
    private static int texts(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) continue;
            boolean surrogate = Character.isSurrogate(x);
            if (surrogate != Character.isSurrogate(y)) return surrogate ? 1 : -1;
            return Character.compare(x, y);
        }
        return Integer.compare(a.length(), b.length());
    }

    static boolean compare(String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> equal(a, b);
            case "!=" -> !equal(a, b);
            case "in" -> contains(b, a);
            case "not in" -> !contains(b, a);
            default -> ordered(operator, order(a, b, operator));
        };
    }

    private static boolean ordered(String operator, int order) {
        if (order == UNORDERED) return false;
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    static boolean contains(Object container, Object item) {
        if (Values.isText(container)) {
            Undefined.require(item);
            if (!Values.isText(item)) {
                throw new TemplateException(
                        "'in <string>' requires string as left operand, not " + Values.typeName(item));
            }
            return container.toString().contains(item.toString());
        }
        if (container instanceof Map<?, ?> dict) return Dicts.get(dict, item) != Undefined.MISSING;
        boolean plainFunction = container instanceof Function && !(container instanceof LoopContext);
        if (container == null || Numbers.isNumber(container) || plainFunction || container instanceof Namespace) {
            throw new TemplateException("argument of type '" + Values.typeName(container) + "' is not iterable");
        }
        for (Object other : Values.iterate(container)) {
            if (equal(other, item)) return true;
        }
        return false;
    }
}
