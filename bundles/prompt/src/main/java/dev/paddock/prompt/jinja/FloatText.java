package dev.paddock.prompt.jinja;

import java.math.BigDecimal;

/** Floats as Python prints them: {@code 1.0}, {@code 1e-07}, {@code 1e+16}. */
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

    private static String scientific(String digits, int exponent) {
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
}
