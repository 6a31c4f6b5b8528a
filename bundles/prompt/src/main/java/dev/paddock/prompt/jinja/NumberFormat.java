package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** One conversion of {@code "%..." % value} or {@code "{:...}".format(value)}. */
final class NumberFormat {
    /** Digits and width beyond this are refused. */
    static final int MOST = 10_000;

    private static final int DEFAULT_PRECISION = 6;

    private NumberFormat() {}

    /**
     * A value as a conversion writes it, not yet filled up to its width.
     *
     * @param precision -1 = not given
     * @param alternate with a prefix for the base
     */
    static String convert(char kind, Object value, int precision, boolean alternate) {
        switch (kind) {
            case 's', 'r', 'a' -> {
                String text = kind == 's' ? Printing.text(value) : Printing.repr(value);
                return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
            }
            case 'c' -> {
                return Values.isText(value) ? value.toString() : Character.toString(Numbers.index(value, "%c"));
            }
            default -> {}
        }
        Undefined.require(value);
        if (!Numbers.isNumber(value)) {
            throw new TemplateException(
                    "%" + kind + " format: a real number is required, not " + Values.typeName(value));
        }
        return switch (kind) {
            case 'd', 'i', 'u' -> whole(value);
            case 'x' -> (alternate ? "0x" : "") + Numbers.big(value).toString(16);
            case 'X' ->
                (alternate ? "0X" : "") + Numbers.big(value).toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> Numbers.big(value).toString(8);
            default -> real(kind, Numbers.real(value), precision < 0 ? DEFAULT_PRECISION : precision);
        };
    }

    private static String whole(Object value) {
        return Numbers.isFloat(value)
                ? Numbers.truncate(Numbers.real(value)).toString()
                : Numbers.big(value).toString();
    }

    private static String real(char kind, double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return FloatText.of(value);
        return switch (kind) {
            case 'f', 'F' ->
                new BigDecimal(value)
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            case 'e' -> scientific(value, precision);
            case 'E' -> scientific(value, precision).toUpperCase(Locale.ROOT);
            case 'g', 'G' -> general(value, Math.max(1, precision));
            default -> throw new TemplateException("unsupported format character '" + kind + "'");
        };
    }

    private static String scientific(double value, int precision) {
        return String.format(Locale.ROOT, "%." + precision + "e", value);
    }

    private static String general(double value, int precision) {
        if (value == 0) return "0";
        String scientific = scientific(value, precision - 1);
        int mark = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(mark + 1));
        if (exponent < -4 || exponent >= precision) {
            return withoutZeros(scientific.substring(0, mark)) + scientific.substring(mark);
        }
        var rounded = new BigDecimal(value).setScale(precision - 1 - exponent, RoundingMode.HALF_EVEN);
        return withoutZeros(rounded.toPlainString());
    }

    private static String withoutZeros(String digits) {
        if (digits.indexOf('.') < 0) return digits;
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') end--;
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** A width or precision as written; empty = what stands for it. */
    static int size(String digits, int absent) {
        if (digits == null || digits.isEmpty()) return absent;
        if (digits.length() > 5 || Integer.parseInt(digits) > MOST) {
            throw new TemplateException("width or precision is too large");
        }
        return Integer.parseInt(digits);
    }
}
