package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Filters that make numbers, or text of numbers. */
final class NumberFilters {
    private static final List<String> DECIMAL_UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
    private static final List<String> BINARY_UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB");
    private static final int MOST_PRECISION = 400;

    private NumberFilters() {}

    static void add() {
        Filters.add("abs()", (run, input, a) -> absolute(input));
        Filters.add("int(default?, base?)", (run, input, a) -> integer(input, a.get(0, 0L), a.integer(1, 10)));
        Filters.add("float(default?)", (run, input, a) -> real(input, a.get(0, 0.0)));
        Filters.add("round(precision?, method?)", (run, input, a) -> round(input, a));
        Filters.add("filesizeformat(binary?)", (run, input, a) -> fileSize(input, a.flag(0)));
    }

    private static Object absolute(Object input) {
        Undefined.require(input);
        if (!Numbers.isNumber(input)) {
            throw new TemplateException("bad operand type for abs(): '" + Values.typeName(input) + "'");
        }
        if (Numbers.isFloat(input)) return Math.abs(Numbers.real(input));
        return Numbers.normal(Numbers.big(input).abs());
    }

    private static Object integer(Object input, Object absent, int base) {
        Undefined.require(input);
        if (Numbers.isFloat(input)) {
            return Double.isNaN(Numbers.real(input)) ? absent : Numbers.truncate(Numbers.real(input));
        }
        if (Numbers.isNumber(input)) return Numbers.normal(Numbers.big(input));
        if (!Values.isText(input)) return absent;
        try {
            return Numbers.parse(input.toString(), base);
        } catch (NumberFormatException e) {
            return wholePart(input.toString(), absent);
        }
    }

    private static Object wholePart(String text, Object absent) {
        try {
            double value = Numbers.parseReal(text);
            return Double.isFinite(value) ? Numbers.truncate(value) : absent;
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    private static Object real(Object input, Object absent) {
        Undefined.require(input);
        if (Numbers.isNumber(input)) return Numbers.real(input);
        if (!Values.isText(input)) return absent;
        try {
            return Numbers.parseReal(input.toString());
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    private static Object round(Object input, CallArguments arguments) {
        Object digits = arguments.get(0, 0L);
        String method = Text.require(arguments.get(1, "common"), "method");
        if (!List.of("common", "ceil", "floor").contains(method)) {
            throw new TemplateException("method must be common, ceil or floor");
        }
        Undefined.require(input);
        if (!Numbers.isNumber(input)) {
            throw new TemplateException("type " + Values.typeName(input) + " doesn't define __round__ method");
        }
        boolean common = method.equals("common");
        if (common && digits == null) return roundHalfEven(input, 0, true);
        int precision = Numbers.index(digits, "precision");
        if (Math.abs(precision) > MOST_PRECISION) throw new TemplateException("precision is too large");
        if (common) return roundHalfEven(input, precision, false);
        return moved(input, precision, method.equals("ceil"));
    }

    /** Up or down to so many digits; ints stay exact on the way. */
    private static Object moved(Object input, int precision, boolean up) {
        Object ten = Operators.numbers("**", 10L, (long) precision);
        Object scaled = Operators.numbers("*", input, ten);
        if (Numbers.isFloat(scaled)) {
            double real = Numbers.real(scaled);
            scaled = Numbers.truncate(up ? Math.ceil(real) : Math.floor(real));
        }
        return Operators.numbers("/", scaled, ten);
    }

    private static Object roundHalfEven(Object input, int precision, boolean whole) {
        if (!Numbers.isFloat(input)) {
            if (precision >= 0) return Numbers.normal(Numbers.big(input));
            var rounded = new BigDecimal(Numbers.big(input)).setScale(precision, RoundingMode.HALF_EVEN);
            return Numbers.normal(rounded.toBigInteger());
        }
        double value = Numbers.real(input);
        if (!Double.isFinite(value)) return whole ? Numbers.truncate(value) : (Object) value;
        var rounded = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN);
        return whole ? Numbers.normal(rounded.toBigInteger()) : (Object) Math.copySign(rounded.doubleValue(), value);
    }

    private static String fileSize(Object input, boolean binary) {
        if (!Numbers.isNumber(input) && !Values.isText(input)) {
            Undefined.require(input);
            throw new TemplateException("float() argument must be a string or a real number");
        }
        double size = Numbers.isNumber(input) ? Numbers.real(input) : written(input.toString());
        double base = binary ? 1024 : 1000;
        if (size == 1) return "1 Byte";
        if (size < base) return Numbers.truncate(size) + " Bytes";
        var units = binary ? BINARY_UNITS : DECIMAL_UNITS;
        int unit = 0;
        double limit = base * base;
        for (; size >= limit && unit < units.size() - 1; unit++) limit *= base;
        String text = NumberText.of('f', base * size / limit, 1, false);
        return text + " " + units.get(unit);
    }

    private static double written(String text) {
        try {
            return Numbers.parseReal(text);
        } catch (NumberFormatException e) {
            throw new TemplateException("could not convert string to float: '" + Printing.shortened(text) + "'");
        }
    }
}
