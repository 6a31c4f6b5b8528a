package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floats with a given number of digits, as Python's formatting writes them: exactly, rounded half to even. */
final class NumberText {
    private NumberText() {}

    /**
     * A float without its sign.
     *
     * @param kind one of e, f, g, or a for one like g that shows that it is a float
     * @param precision digits behind the point; of g and a all digits
     * @param alternate keeps the point and zeros
     */
    static String of(char kind, double number, int precision, boolean alternate) {
        double value = Math.abs(number);
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return "inf";
        return switch (kind) {
            case 'f' -> {
                var rounded = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN);
                yield rounded.toPlainString() + (alternate && precision == 0 ? "." : "");
            }
            case 'e' -> scientific(value, precision, alternate);
            default -> general(value, Math.max(1, precision), alternate, kind == 'a');
        };
    }

    private static String scientific(double value, int precision, boolean alternate) {
        var rounded = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
        int exponent = value == 0 ? 0 : digits.length() - rounded.scale() - 1;
        while (digits.length() <= precision) digits.append('0');
        String text = FloatText.scientific(digits.substring(0, precision + 1), exponent);
        return alternate && precision == 0 ? text.replace("e", ".e") : text;
    }

    private static String general(double value, int precision, boolean alternate, boolean asFloat) {
        String scientific = scientific(value, precision - 1, alternate);
        int mark = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(mark + 1));
        if (exponent < -4 || exponent >= precision - (asFloat ? 1 : 0)) {
            String mantissa = scientific.substring(0, mark);
            return (alternate ? mantissa : withoutZeros(mantissa)) + scientific.substring(mark);
        }
        int behind = precision - 1 - exponent;
        String plain = of('f', value, behind, alternate);
        if (!alternate) plain = withoutZeros(plain);
        return asFloat && plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String withoutZeros(String digits) {
        if (digits.indexOf('.') < 0) return digits;
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') end--;
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
