package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Python's numbers: int without bounds ({@link Long} or {@link BigInteger}), float, and bool as one or zero. */
final class Numbers {
    private static final int MOST_DIGITS = 4300;

    private Numbers() {}

    static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof BigInteger;
    }

    static boolean isFloat(Object value) {
        return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
    }

    static boolean isNumber(Object value) {
        return isInteger(value) || isFloat(value) || value instanceof Boolean;
    }

    /** Whether it fits a long. */
    static boolean isSmall(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Boolean;
    }

    static long small(Object value) {
        return value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).longValue();
    }

    static BigInteger big(Object value) {
        return value instanceof BigInteger big ? big : BigInteger.valueOf(small(value));
    }

    static double real(Object value) {
        return value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
    }

    /** An int in the smaller form it fits. */
    static Object normal(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** A number used as an index or count; beyond the range of int it is clamped. */
    static int index(Object value, String what) {
        Undefined.require(value);
        if (!isInteger(value) && !(value instanceof Boolean)) {
            throw new TemplateException(what + " must be an integer, not " + Values.typeName(value));
        }
        var big = big(value);
        if (big.bitLength() < Integer.SIZE) return big.intValue();
        return big.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
    }

    /**
     * Text as an int.
     *
     * @throws NumberFormatException when it is none
     */
    static Object parse(String text, int radix) {
        String digits = text.strip().replace("_", "");
        String lower = digits.toLowerCase(Locale.ROOT);
        boolean prefixed = (radix == 16 && lower.startsWith("0x"))
                || (radix == 8 && lower.startsWith("0o"))
                || (radix == 2 && lower.startsWith("0b"));
        if (prefixed) digits = digits.substring(2);
        if (digits.length() > MOST_DIGITS) throw new NumberFormatException("too many digits");
        return normal(new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits, radix));
    }

    /** The whole part of a float. */
    static Object truncate(double value) {
        return normal(new BigDecimal(value).toBigInteger());
    }
}
