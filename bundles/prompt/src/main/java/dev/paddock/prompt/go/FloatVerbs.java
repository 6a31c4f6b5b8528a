package dev.paddock.prompt.go;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floats as {@code %v}, {@code %f}, {@code %e} and {@code %g} print them. */
final class FloatVerbs {
    private static final int USUAL_PRECISION = 6;
    /** More digits than a float has. */
    private static final int MOST_PRECISION = 1100;
    /** What the exact decimals of a float take, which may have 750 digits. */
    private static final int WORK = 50;

    private FloatVerbs() {}

    static String text(double value, Verb verb, Run run) {
        if (Double.isNaN(value)) return verb.without('0').pad(signed("NaN", "", verb), run);
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        String sign = negative ? "-" : verb.has('+') ? "+" : verb.has(' ') ? " " : "";
        if (Double.isInfinite(value))
            return verb.without('0').pad((negative ? "-" : verb.has(' ') && !verb.has('+') ? " " : "+") + "Inf", run);
        run.work(WORK);
        run.checkedText(Math.max(0, verb.precision()));
        String digits = digits(Math.abs(value), verb);
        int missing = verb.width() - sign.length() - digits.length();
        if (missing > 0 && verb.zeros() && !sign.isEmpty()) return sign + "0".repeat(missing) + digits;
        return verb.pad(sign + digits, run);
    }

    private static String signed(String text, String sign, Verb verb) {
        return (verb.has('+') ? "+" : verb.has(' ') ? " " : sign) + text;
    }

    private static String digits(double value, Verb verb) {
        int precision = Math.min(verb.precision(), MOST_PRECISION);
        String text =
                switch (verb.letter()) {
                    case 'f', 'F' ->
                        new BigDecimal(value)
                                .setScale(precision < 0 ? USUAL_PRECISION : precision, RoundingMode.HALF_EVEN)
                                .toPlainString();
                    case 'e', 'E' -> rounded(value, 1 + (precision < 0 ? USUAL_PRECISION : precision));
                    default -> general(value, precision);
                };
        String zeros = "0".repeat(Math.max(0, verb.precision() - MOST_PRECISION));
        return verb.is("GE") ? text.toUpperCase(Locale.ROOT) : verb.is("fF") ? text + zeros : text;
    }

    /** The shortest text that means the value, or so many digits without zeros at the end. */
    private static String general(double value, int precision) {
        if (value == 0) return "0";
        BigDecimal decimal =
                precision < 0 ? shortest(value) : new BigDecimal(value).round(context(Math.max(1, precision)));
        decimal = decimal.stripTrailingZeros();
        int count = decimal.precision();
        int exponent = count - decimal.scale() - 1;
        int limit = precision < 0 ? USUAL_PRECISION : Math.max(1, precision);
        // Go compares with the digits there are, when they do not end before the point.
        if (precision > count && count > exponent) limit = count;
        if (exponent < -4 || exponent >= limit) return scientific(decimal, exponent);
        return decimal.toPlainString();
    }

    static BigDecimal shortest(double value) {
        // Java prints the smallest float with one digit more than needed.
        if (value == Double.MIN_VALUE) return new BigDecimal("5e-324");
        return new BigDecimal(Double.toString(value));
    }

    private static MathContext context(int digits) {
        return new MathContext(digits, RoundingMode.HALF_EVEN);
    }

    private static String rounded(double value, int digits) {
        if (value == 0) return (digits > 1 ? "0." + "0".repeat(digits - 1) : "0") + "e+00";
        BigDecimal decimal = new BigDecimal(value).round(context(digits));
        int exponent = decimal.precision() - decimal.scale() - 1;
        // Small counts of digits leave trailing zeros out: they are put back.
        BigDecimal full = decimal.setScale(decimal.scale() + digits - decimal.precision());
        return scientific(full, exponent);
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        String digits = decimal.unscaledValue().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int magnitude = Math.abs(exponent);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + magnitude;
    }
}
