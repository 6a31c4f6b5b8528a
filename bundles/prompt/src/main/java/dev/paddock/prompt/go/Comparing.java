package dev.paddock.prompt.go;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** {@code eq}, {@code ne}, {@code lt}, {@code le}, {@code gt} and {@code ge}. */
final class Comparing {
    private Comparing() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("eq", Comparing::equalsAny);
        functions.put("ne", (arguments, run) -> {
            Builtins.count("ne", arguments, 2);
            return !equal("ne", arguments.getFirst(), arguments.getLast(), run);
        });
        functions.put("lt", (arguments, run) -> order("lt", arguments, run) < 0);
        functions.put("le", (arguments, run) -> order("le", arguments, run) <= 0);
        functions.put("gt", (arguments, run) -> order("gt", arguments, run) > 0);
        functions.put("ge", (arguments, run) -> order("ge", arguments, run) >= 0);
    }

    /** Whether the first argument equals any of the others. */
    private static Object equalsAny(List<Object> arguments, Run run) {
        Builtins.atLeast("eq", arguments, 1);
        if (arguments.size() < 2) throw failed("eq", "missing argument for comparison");
        for (Object other : arguments.subList(1, arguments.size())) {
            if (equal("eq", arguments.getFirst(), other, run)) return true;
        }
        return false;
    }

    private static boolean equal(String function, Object a, Object b, Run run) {
        if (a == null || b == null) return a == b;
        if (a instanceof String x && b instanceof String y) {
            run.read(x);
            return x.equals(y);
        }
        if (a instanceof Boolean && b instanceof Boolean) return a.equals(b);
        if (Values.isInteger(a) && Values.isInteger(b)) return compareIntegers(a, b) == 0;
        if (Values.isReal(a) && Values.isReal(b)) return ((Number) a).doubleValue() == ((Number) b).doubleValue();
        if (basic(a) || basic(b)) throw failed(function, "incompatible types for comparison");
        throw failed(function, "non-comparable type " + Values.typeName(a));
    }

    private static int order(String function, List<Object> arguments, Run run) {
        Builtins.count(function, arguments, 2);
        Object a = arguments.getFirst();
        Object b = arguments.getLast();
        if (a instanceof String x && b instanceof String y) {
            run.read(x);
            return Values.ORDER.compare(x, y);
        }
        if (Values.isInteger(a) && Values.isInteger(b)) return compareIntegers(a, b);
        if (Values.isReal(a) && Values.isReal(b)) {
            return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
        }
        boolean comparable = basic(a) && basic(b) && !(a instanceof Boolean && b instanceof Boolean);
        throw failed(function, comparable ? "incompatible types for comparison" : "invalid type for comparison");
    }

    private static int compareIntegers(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) return x.compareTo(y);
        return new BigInteger(a.toString()).compareTo(new BigInteger(b.toString()));
    }

    private static boolean basic(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Number;
    }

    private static GoTemplateException failed(String function, String why) {
        return new GoTemplateException("error calling " + function + ": " + why);
    }
}
