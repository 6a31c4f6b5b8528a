package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Jinja's tests: {@code value is name(argument)}. */
final class Checks {
    private static final Map<String, Predicate<Object>> PLAIN = new HashMap<>();
    private static final Map<String, BiPredicate<Object, Object>> WITH_ARGUMENT = new HashMap<>();

    static {
        PLAIN.put("defined", v -> !(v instanceof Undefined));
        PLAIN.put("undefined", v -> v instanceof Undefined);
        PLAIN.put("none", Objects::isNull);
        PLAIN.put("boolean", v -> v instanceof Boolean);
        PLAIN.put("true", Boolean.TRUE::equals);
        PLAIN.put("false", Boolean.FALSE::equals);
        PLAIN.put("integer", Numbers::isInteger);
        PLAIN.put("float", Numbers::isFloat);
        PLAIN.put("number", Numbers::isNumber);
        PLAIN.put("string", Values::isText);
        PLAIN.put("mapping", v -> v instanceof Map);
        PLAIN.put("sequence", Checks::isSequence);
        PLAIN.put("iterable", Checks::isIterable);
        PLAIN.put("callable", v -> v instanceof Function || v instanceof Undefined);
        PLAIN.put("odd", v -> rest(v, 2L, 1L));
        PLAIN.put("even", v -> rest(v, 2L, 0L));
        PLAIN.put("lower", v -> isLower(Printing.text(v)));
        PLAIN.put("upper", v -> isUpper(Printing.text(v)));
        PLAIN.put("escaped", v -> v instanceof Markup);
        PLAIN.put("filter", v -> Filters.exists(Printing.text(v)));
        PLAIN.put("test", v -> exists(Printing.text(v)));
        WITH_ARGUMENT.put("divisibleby", (v, by) -> rest(v, by, 0L));
        WITH_ARGUMENT.put("in", (v, container) -> Comparing.contains(container, v));
        WITH_ARGUMENT.put("sameas", Checks::isSame);
        compare("==", "eq", "equalto", "==");
        compare("!=", "ne", "!=");
        compare("<", "lt", "lessthan", "<");
        compare("<=", "le", "<=");
        compare(">", "gt", "greaterthan", ">");
        compare(">=", "ge", ">=");
    }

    private Checks() {}

    private static void compare(String operator, String... names) {
        for (String name : names) WITH_ARGUMENT.put(name, (a, b) -> Comparing.compare(operator, a, b));
    }

    static boolean exists(String name) {
        return PLAIN.containsKey(name) || WITH_ARGUMENT.containsKey(name);
    }

    static boolean test(String name, Object value, CallArguments arguments) {
        if (!exists(name)) throw new TemplateException("No test named '" + name + "'.");
        int expected = PLAIN.containsKey(name) ? 0 : 1;
        if (arguments.count() != expected) {
            throw new TemplateException(
                    "test '" + name + "' takes " + expected + " argument(s) (" + arguments.count() + " given)");
        }
        return expected == 0
                ? PLAIN.get(name).test(value)
                : WITH_ARGUMENT.get(name).test(value, arguments.positional().getFirst());
    }

    private static boolean isSequence(Object value) {
        return Values.isText(value)
                || value instanceof List
                || value instanceof Map
                || value instanceof NumberRange
                || value instanceof Undefined;
    }

    private static boolean isIterable(Object value) {
        return isSequence(value)
                || value instanceof LazySequence
                || value instanceof DictView
                || value instanceof LoopContext;
    }

    private static boolean rest(Object value, Object divisor, Object expected) {
        if (!Numbers.isNumber(value) || !Numbers.isNumber(divisor)) {
            Undefined.require(value);
            throw new TemplateException("not a number to divide: '" + Values.typeName(value) + "'");
        }
        return Comparing.equal(Operators.remainder(value, divisor), expected);
    }

    /** Small values of one kind are one object in Python. */
    private static boolean isSame(Object a, Object b) {
        return a == b
                || ((a instanceof Boolean || a instanceof Long || a instanceof String)
                        && b != null
                        && a.getClass() == b.getClass()
                        && a.equals(b));
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Text::isCased)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Text::isCased) && text.codePoints().noneMatch(Character::isLowerCase);
    }
}
