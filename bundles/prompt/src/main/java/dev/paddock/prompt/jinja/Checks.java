package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Jinja's tests: {@code value is name(argument)}. */
final class Checks {
    /** A test that looks at its arguments, or counts its work. */
    @FunctionalInterface
    private interface Check {
        boolean test(Run run, Object value, CallArguments arguments);
    }

    private static final Map<String, Check> CHECKS = new HashMap<>();

    static {
        addKinds();
        addComparisons();
        add("odd()", (run, v, a) -> rest(run, v, 2L, 1L));
        add("even()", (run, v, a) -> rest(run, v, 2L, 0L));
        add("divisibleby(num)", (run, v, a) -> rest(run, v, a.get(0), 0L));
        add("lower()", (run, v, a) -> TextCase.isLower(looked(run, v)));
        add("upper()", (run, v, a) -> TextCase.isUpper(looked(run, v)));
        add("filter()", (run, v, a) -> Filters.exists(run, name(run, v)));
        add("test()", (run, v, a) -> CHECKS.containsKey(name(run, v)));
        add("in(seq)", (run, v, a) -> Comparing.contains(run, a.get(0), v));
        add("sameas(other)", (run, v, a) -> isSame(v, a.get(0)));
    }

    private Checks() {}

    private static void add(String signature, Check check) {
        var bound = Signature.of(signature);
        CHECKS.put(bound.name(), (run, v, a) -> check.test(run, v, bound.bound(a)));
    }

    private static void addKind(String name, Predicate<Object> check) {
        add(name + "()", (run, v, a) -> check.test(v));
    }

    private static void addKinds() {
        addKind("defined", v -> !(v instanceof Undefined));
        addKind("undefined", v -> v instanceof Undefined);
        addKind("none", Objects::isNull);
        addKind("boolean", v -> v instanceof Boolean);
        addKind("true", Boolean.TRUE::equals);
        addKind("false", Boolean.FALSE::equals);
        addKind("integer", Numbers::isInteger);
        addKind("float", Numbers::isFloat);
        addKind("number", Numbers::isNumber);
        addKind("string", Values::isText);
        addKind("mapping", v -> v instanceof Map);
        addKind("sequence", Checks::isSequence);
        addKind("iterable", SequenceFilters::isIterable);
        addKind("callable", v -> v instanceof Function || v instanceof Undefined);
        addKind("escaped", v -> v instanceof Markup);
    }

    private static void addComparisons() {
        compare("==", "eq", "equalto", "==");
        compare("!=", "ne", "!=");
        compare("<", "lt", "lessthan", "<");
        compare("<=", "le", "<=");
        compare(">", "gt", "greaterthan", ">");
        compare(">=", "ge", ">=");
    }

    private static void compare(String operator, String... names) {
        for (String name : names) {
            add(name + "(other/)", (run, v, a) -> Comparing.compare(run, operator, v, a.get(0)));
        }
    }

    static boolean test(Run run, String name, Object value, CallArguments arguments) {
        var check = CHECKS.get(name);
        if (check == null) throw new TemplateException("No test named '" + Printing.shortened(name) + "'.");
        return check.test(run, value, arguments);
    }

    static boolean exists(String name) {
        return CHECKS.containsKey(name);
    }

    private static String looked(Run run, Object value) {
        String text = Printing.text(run, value);
        run.look(text.length());
        return text;
    }

    /** A value that is looked for as the name of something. */
    private static String name(Run run, Object value) {
        Dicts.requireHashable(run, value);
        return Values.isText(value) ? value.toString() : "";
    }

    private static boolean isSequence(Object value) {
        return Values.isText(value)
                || value instanceof List
                || value instanceof Map
                || value instanceof NumberRange
                || value instanceof Undefined;
    }

    /** Whether {@code value % divisor} is so much; for texts that is formatting. */
    private static boolean rest(Run run, Object value, Object divisor, long expected) {
        return Comparing.equal(run, Operators.apply(run, "%", value, divisor), expected);
    }

    /** Small values of one kind are one object in Python. */
    private static boolean isSame(Object a, Object b) {
        return a == b
                || ((a instanceof Boolean || a instanceof Long || a instanceof String)
                        && b != null
                        && a.getClass() == b.getClass()
                        && a.equals(b));
    }
}
