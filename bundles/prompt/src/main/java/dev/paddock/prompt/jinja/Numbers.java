package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's numbers: int without bounds ({@link Long} or {@link BigInteger}), float, and bool as one or zero. */
final class Numbers {
    /** Python writes and reads no more digits either. */
    private static final int MOST_DIGITS = 4300;
    /** An int with more bits has more digits than that. */
    private static final int MOST_BITS_WRITTEN = 14_285;

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

    /** Whether it is an int or a bool, which is one. */
    static boolean isWhole(Object value) {
        return isInteger(value) || value instanceof Boolean;
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

    /** A number as float; fails for an int that is too large. */
    static double real(Object value) {
        double real = value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
        if (Double.isInfinite(real) && value instanceof BigInteger) {
            throw new TemplateException("int too large to convert to float");
        }
        return real;
    }

    /** An int in the smaller form it fits. */
    static Object normal(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** A number used as an index or count; beyond the range of int it is clamped. */
    static int index(Object value, String what) {
        Undefined.require(value);
        if (!isWhole(value)) {
            throw new TemplateException(what + " must be an integer, not " + Values.typeName(value));
        }
        var big = big(value);
        if (big.bitLength() < Integer.SIZE) return big.intValue();
        return big.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
    }

    /** The digits of an int. */
    static String digits(Object value) {
        if (!(value instanceof BigInteger big)) return Long.toString(small(value));
        String digits = big.bitLength() > MOST_BITS_WRITTEN ? "" : big.toString();
        if (digits.isEmpty() || digits.length() - (big.signum() < 0 ? 1 : 0) > MOST_DIGITS) {
            throw new TemplateException("Exceeds the limit (" + MOST_DIGITS + " digits) for integer string conversion");
        }
        return digits;
    }

    /**
     * Text as an int, as Python's {@code int()} reads it.
     *
     * @param base 2 to 36, or 0 for the one that a prefix names
     * @throws NumberFormatException when it is none
     */
    static Object parse(String written, int base) {
        String text = Text.strip(written, null, true, true);
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) text = text.substring(1);
        int named = text.length() > 1 && text.charAt(0) == '0' ? namedBase(text.charAt(1)) : 0;
        int radix = base != 0 ? base : named != 0 ? named : 10;
        if (named == radix && named != 0) text = text.substring(text.startsWith("_", 2) ? 3 : 2);
        else if (base == 0 && text.startsWith("0") && !text.matches("0[0_]*")) throw new NumberFormatException(text);
        if (radix < 2 || radix > 36 || text.length() > MOST_DIGITS || !isDigits(text)) {
            throw new NumberFormatException(written);
        }
        var value = new BigInteger(text.replace("_", ""), radix);
        return normal(negative ? value.negate() : value);
    }

    private static int namedBase(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    private static boolean isDigits(String text) {
        return Character.isLetterOrDigit(text.isEmpty() ? ' ' : text.charAt(0))
                && !text.endsWith("_")
                && !text.contains("__");
    }

    /**
     * Text as a float, as Python's {@code float()} reads it.
     *
     * @throws NumberFormatException when it is none
     */
    static double parseReal(String written) {
        String text = Text.strip(written, null, true, true);
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (unsigned.equalsIgnoreCase("nan")) return Double.NaN;
        int end = FloatText.end(unsigned);
        if (end != unsigned.length() || end > MOST_DIGITS) throw new NumberFormatException(written);
        return sign * Double.parseDouble(unsigned.replace("_", ""));
    }

    /** The whole part of a float. */
    static Object truncate(double value) {
        if (Double.isNaN(value)) throw new TemplateException("cannot convert float NaN to integer");
        if (Double.isInfinite(value)) throw new TemplateException("cannot convert float infinity to integer");
        return normal(new BigDecimal(value).toBigInteger());
    }
}
