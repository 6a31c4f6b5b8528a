package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Equality, order and membership as in Python. */
final class Comparing {
    /** The order of a NaN and anything. */
    private static final int UNORDERED = 2;

    private Comparing() {}

    static boolean equal(Run run, Object a, Object b) {
        run.work(1);
        if (a == b) return !(a instanceof Double d && d.isNaN());
        if (a == null || b == null) return false;
        if (Values.isText(a) && Values.isText(b)) return texts(run, a.toString(), b.toString());
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) return numbers(a, b) == 0;
        if (a instanceof List<?> x && b instanceof List<?> y) return lists(run, x, y);
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) return dicts(run, x, y);
        if (a instanceof NumberRange x && b instanceof NumberRange y) return x.equalTo(y);
        return a instanceof Undefined && b instanceof Undefined;
    }

    private static boolean texts(Run run, String a, String b) {
        if (a.length() != b.length()) return false;
        run.look(a.length());
        return a.equals(b);
    }

    private static boolean lists(Run run, List<?> a, List<?> b) {
        if (a instanceof Tuple != b instanceof Tuple || a.size() != b.size()) return false;
        run.nest();
        boolean equal = true;
        for (int i = 0; equal && i < a.size(); i++) equal = equal(run, a.get(i), b.get(i));
        run.unnest();
        return equal;
    }

    private static boolean dicts(Run run, Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) return false;
        run.nest();
        boolean equal = true;
        var entries = a.entrySet().iterator();
        while (equal && entries.hasNext()) {
            var entry = entries.next();
            Object value = Dicts.get(run, b, entry.getKey());
            equal = value != Undefined.MISSING && equal(run, entry.getValue(), value);
        }
        run.unnest();
        return equal;
    }

    private static int numbers(Object a, Object b) {
        if (Numbers.isSmall(a) && Numbers.isSmall(b)) return Long.compare(Numbers.small(a), Numbers.small(b));
        if (!Numbers.isFloat(a) && !Numbers.isFloat(b)) return Numbers.big(a).compareTo(Numbers.big(b));
        if (Numbers.isFloat(a) && Numbers.isFloat(b)) return reals(Numbers.real(a), Numbers.real(b));
        return Numbers.isFloat(a) ? real(Numbers.real(a), b) : negated(real(Numbers.real(b), a));
    }

    private static int reals(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED;
    }

    /** A float and an int, exactly. */
    private static int real(double a, Object b) {
        if (Double.isNaN(a)) return UNORDERED;
        if (Double.isInfinite(a)) return a > 0 ? 1 : -1;
        return new BigDecimal(a).compareTo(new BigDecimal(Numbers.big(b)));
    }

    private static int negated(int order) {
        return order == UNORDERED ? UNORDERED : -order;
    }

    /** Negative, zero or positive; fails for values without an order. */
    static int order(Run run, Object a, Object b, String operator) {
        run.work(1);
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) return numbers(a, b);
        if (Values.isText(a) && Values.isText(b)) return order(run, a.toString(), b.toString());
        if (a instanceof List<?> x && b instanceof List<?> y && x instanceof Tuple == y instanceof Tuple) {
            return lists(run, x, y, operator);
        }
        Undefined.require(a);
        Undefined.require(b);
        throw new TemplateException("'" + operator + "' not supported between instances of '" + Values.typeName(a)
                + "' and '" + Values.typeName(b) + "'");
    }

    private static int lists(Run run, List<?> a, List<?> b, String operator) {
        run.nest();
        int common = Math.min(a.size(), b.size());
        int i = 0;
        while (i < common && equal(run, a.get(i), b.get(i))) i++;
        int order = i < common ? order(run, a.get(i), b.get(i), operator) : Integer.compare(a.size(), b.size());
        run.unnest();
        return order;
    }

    /** By code points; UTF-16 would put surrogates before U+E000. */
    private static int order(Run run, String a, String b) {
        int common = Math.min(a.length(), b.length());
        run.look(common);
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) continue;
            boolean surrogate = Character.isSurrogate(x);
            if (surrogate != Character.isSurrogate(y)) return surrogate ? 1 : -1;
            return x < y ? -1 : 1;
        }
        return Integer.compare(a.length(), b.length());
    }

    static boolean compare(Run run, String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> equal(run, a, b);
            case "!=" -> !equal(run, a, b);
            case "in" -> contains(run, b, a);
            case "not in" -> !contains(run, b, a);
            default -> ordered(operator, order(run, a, b, operator));
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

    static boolean contains(Run run, Object container, Object item) {
        if (Values.isText(container)) {
            Undefined.require(item);
            if (!Values.isText(item)) {
                throw new TemplateException(
                        "'in <string>' requires string as left operand, not " + Values.typeName(item));
            }
            return TextSearch.first(run, container.toString(), item.toString(), 0) >= 0;
        }
        if (container instanceof Map<?, ?> dict) return Dicts.get(run, dict, item) != Undefined.MISSING;
        boolean plainFunction = container instanceof Function && !(container instanceof LoopContext);
        if (container == null || Numbers.isNumber(container) || plainFunction || container instanceof Namespace) {
            throw new TemplateException("argument of type '" + Values.typeName(container) + "' is not iterable");
        }
        var others = Values.iterate(run, container);
        while (others.hasNext()) {
            Object other = others.next();
            if (other == item || equal(run, other, item)) return true;
        }
        return false;
    }
}
