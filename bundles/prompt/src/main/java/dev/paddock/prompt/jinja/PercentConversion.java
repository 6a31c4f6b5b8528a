package dev.paddock.prompt.jinja;

import java.util.function.IntSupplier;

/** One conversion of {@code "%..." % values}: how a value is written. */
final class PercentConversion {
    private static final int DEFAULT_PRECISION = 6;

    private final String format;
    private int end;
    private String name;
    private String flags = "";
    private int width;
    private int precision = -1;
    private final char kind;

    /**
     * Reads a conversion.
     *
     * @param start the index behind its percent sign
     * @param sizes gives the widths and precisions that are arguments
     */
    PercentConversion(String format, int start, IntSupplier sizes) {
        this.format = format;
        this.end = start;
        if (is("(")) name = readName();
        int flagsStart = end;
        while (is("-+ #0")) end++;
        flags = format.substring(flagsStart, end);
        width = size(sizes);
        if (width < 0) {
            flags += "-";
            width = -width;
        }
        if (is(".")) {
            end++;
            precision = Math.max(0, size(sizes));
        }
        if (is("hlL")) end++;
        if (end >= format.length()) throw new TemplateException("incomplete format");
        kind = format.charAt(end++);
        FormatSpecification.checkSize(width);
        FormatSpecification.checkSize(precision);
    }

    private boolean is(String characters) {
        return end < format.length() && characters.indexOf(format.charAt(end)) >= 0;
    }

    /** A name in parentheses, which may have such in it. */
    private String readName() {
        int start = end + 1;
        int open = 0;
        for (; end < format.length(); end++) {
            if (format.charAt(end) == '(') open++;
            if (format.charAt(end) == ')' && --open == 0) return format.substring(start, end++);
        }
        throw new TemplateException("incomplete format key");
    }

    private int size(IntSupplier sizes) {
        if (is("*")) {
            end++;
            return sizes.getAsInt();
        }
        int start = end;
        while (is("0123456789")) end++;
        return FormatSpecification.size(format.substring(start, end), 0);
    }

    char kind() {
        return kind;
    }

    /** The key of the value, or null for the next one. */
    String name() {
        return name;
    }

    /** The index behind it. */
    int end() {
        return end;
    }

    private boolean flag(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    /** At most as many characters as the precision says. */
    String cut(String text) {
        if (precision < 0 || precision >= text.codePointCount(0, text.length())) return text;
        return text.substring(0, text.offsetByCodePoints(0, precision));
    }

    /** A number without filling. */
    String number(Object value) {
        if (!Numbers.isNumber(value)) {
            throw new TemplateException(
                    "%" + kind + " format: a real number is required, not " + Values.typeName(value));
        }
        String text = "diuxXo".indexOf(kind) >= 0 ? whole(value) : real(Numbers.real(value));
        if (text.startsWith("-")) return text;
        return flag('+') ? "+" + text : flag(' ') ? " " + text : text;
    }

    private String whole(Object value) {
        if (Numbers.isFloat(value) && "xXo".indexOf(kind) >= 0) {
            throw new TemplateException("%" + kind + " format: an integer is required, not float");
        }
        Object whole = Numbers.isFloat(value) ? Numbers.truncate(Numbers.real(value)) : value;
        String digits =
                switch (kind) {
                    case 'x', 'X' -> Numbers.big(whole).abs().toString(16);
                    case 'o' -> Numbers.big(whole).abs().toString(8);
                    default -> Numbers.digits(Numbers.normal(Numbers.big(whole).abs()));
                };
        digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        String prefix = flag('#') ? (kind == 'o' ? "0o" : "xX".indexOf(kind) >= 0 ? "0x" : "") : "";
        String text = (Numbers.big(whole).signum() < 0 ? "-" : "") + prefix + digits;
        return kind == 'X' ? NumberText.upper(text) : text;
    }

    private String real(double value) {
        int digits = precision < 0 ? DEFAULT_PRECISION : precision;
        String text = NumberText.of(Character.toLowerCase(kind), value, digits, flag('#'));
        if (value < 0 || (value == 0 && 1 / value < 0)) text = "-" + text;
        return Character.isUpperCase(kind) ? NumberText.upper(text) : text;
    }

    /** A converted value filled up to the width. */
    String filled(Run run, String text) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        if (flag('-')) return text + run.repeat(" ", missing);
        boolean numeric = "diuxXoeEfFgG".indexOf(kind) >= 0;
        if (!numeric || !flag('0')) return run.repeat(" ", missing) + text;
        int start = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        if (flag('#') && "xXo".indexOf(kind) >= 0) start += 2;
        return text.substring(0, start) + run.repeat("0", missing) + text.substring(start);
    }
}
