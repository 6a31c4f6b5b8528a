package dev.paddock.prompt.jinja;

import java.math.BigDecimal;

/** Floats as Python prints them: {@code 1.0}, {@code 1e-07}, {@code 1e+16}; and where one ends that was written. */
final class FloatText {
    private FloatText() {}

    static String of(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
        String sign = value < 0 ? "-" : "";
        // Java prints the smallest float with one digit more than needed.
        if (Math.abs(value) == Double.MIN_VALUE) return sign + "5e-324";
        var decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        return sign + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : plain(digits, exponent));
    }

    /** Digits with a point behind the first one, and the exponent in two digits at least. */
    static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String magnitude = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + magnitude;
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + digits;
        int whole = exponent + 1;
        if (digits.length() <= whole) return digits + "0".repeat(whole - digits.length()) + ".0";
        return digits.substring(0, whole) + "." + digits.substring(whole);
    }

    /** The index behind an unsigned number at the start of a text; 0 when there is none. */
    static int end(String text) {
        int whole = digits(text, 0);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digits(text, end + 1);
            if (fraction == end + 1 && whole == 0) return 0;
            end = fraction;
        }
        if (end == 0 || end >= text.length() || (text.charAt(end) | 0x20) != 'e') return end;
        int exponent = end + 1;
        if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) exponent++;
        int exponentEnd = digits(text, exponent);
        return exponentEnd > exponent ? exponentEnd : end;
    }

    /** The index behind digits with single underscores between. */
    private static int digits(String text, int start) {
        int i = start;
        while (i < text.length()) {
            boolean separator = text.charAt(i) == '_' && i > start && isDigit(text, i - 1) && isDigit(text, i + 1);
            if (!separator && !isDigit(text, i)) break;
            i++;
        }
        return i;
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
