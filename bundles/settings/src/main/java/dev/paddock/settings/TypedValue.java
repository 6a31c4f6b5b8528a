package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/** Values as Config Admin holds them, made of what JSON, texts and the web console give. */
final class TypedValue {
    private TypedValue() {}

    /**
     * The value in its declared kind; texts may stand for all kinds, as on a command line.
     *
     * @throws IllegalArgumentException saying what kind it must be
     */
    static Object of(Declaration.Type type, Object given) {
        try {
            return switch (type) {
                case TEXT -> (String) given;
                case INTEGER -> Math.toIntExact(whole(given));
                case LONG -> narrow(whole(given));
                case NUMBER -> number(given);
                case BOOLEAN -> truth(given);
                case LIST -> list(given);
            };
        } catch (ClassCastException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("it must be " + type.words(), e);
        }
    }

    private static long whole(Object given) {
        if (given instanceof String text) return Long.parseLong(text.strip());
        double real = ((Number) given).doubleValue();
        if (real != Math.rint(real)) throw new ArithmeticException("it has a fraction");
        return ((Number) given).longValue();
    }

    /** As files are read, so that what did not change compares equal. */
    private static Object narrow(long value) {
        if (value == (int) value) return (int) value;
        return value;
    }

    private static Double number(Object given) {
        double number =
                given instanceof String text ? Double.parseDouble(text.strip()) : ((Number) given).doubleValue();
        if (!Double.isFinite(number)) throw new ArithmeticException("it is not finite");
        return number;
    }

    private static Boolean truth(Object given) {
        if (given instanceof String text) {
            if (text.strip().equals("true")) return true;
            if (text.strip().equals("false")) return false;
            throw new NumberFormatException("neither true nor false");
        }
        return (Boolean) given;
    }

    private static String[] list(Object given) {
        return switch (given) {
            case String[] texts -> texts;
            case Collection<?> texts -> texts.stream().map(String.class::cast).toArray(String[]::new);
            default -> Values.list((String) given);
        };
    }

    /** Whether two values are the same, lists by their elements and numbers by what they count. */
    static boolean same(Object one, Object other) {
        if (one instanceof Object[] a && other instanceof Object[] b) return Arrays.equals(a, b);
        if (one instanceof Number a && other instanceof Number b) return a.doubleValue() == b.doubleValue();
        return Objects.equals(one, other);
    }
}
