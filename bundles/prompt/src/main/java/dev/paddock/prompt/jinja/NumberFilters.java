package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Filters that make numbers, or text of numbers. */
final class NumberFilters {
    private static final List<String> DECIMAL_UNITS = List.of("kB", "MB", "GB", "TB", "PB");
    private static final List<String> BINARY_UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");
    private static final int MOST_PRECISION = 400;

    private NumberFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("abs", (run, input, a) -> absolute(input));
        filters.put("int", (run, input, a) -> integer(input, a.get(0, "default", 0L), a.integer(1, "base", 10)));
        filters.put("float", (run, input, a) -> real(input, a.get(0, "default", 0.0)));
        filters.put("round", (run, input, a) -> round(input, a));
        filters.put("filesizeformat", (run, input, a) -> fileSize(input, a.flag(0, "binary")));
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
        try {
            if (Numbers.isFloat(input)) return Numbers.truncate(Numbers.real(input));
            if (Numbers.isNumber(input)) return Numbers.normal(Numbers.big(input));
            if (!Values.isText(input)) return absent;
            try {
                return Numbers.parse(input.toString(), base);
            } catch (NumberFormatException e) {
                return Numbers.truncate(Double.parseDouble(input.toString().strip()));
            }
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    private static Object real(Object input, Object absent) {
        Undefined.require(input);
        if (Numbers.isNumber(input)) return Numbers.real(input);
        if (!Values.isText(input)) return absent;
        try {
            return Double.parseDouble(input.toString().strip().replace("_", ""));
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    private static Object round(Object input, CallArguments arguments) {
        int precision = arguments.integer(0, "precision", 0);
        String method = Printing.text(arguments.get(1, "method", "common"));
        Undefined.require(input);
        if (!Numbers.isNumber(input)) {
            throw new TemplateException("type " + Values.typeName(input) + " doesn't define __round__ method");
        }
        if (Math.abs(precision) > MOST_PRECISION) throw new TemplateException("precision is too large");
        if (method.equals("common")) return roundHalfEven(input, precision);
        double factor = Math.pow(10, precision);
        double scaled = Numbers.real(input) * factor;
        return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
    }

    private static Object roundHalfEven(Object input, int precision) {
        if (!Numbers.isFloat(input)) {
            if (precision >= 0) return Numbers.normal(Numbers.big(input));
            var rounded = new BigDecimal(Numbers.big(input)).setScale(precision, RoundingMode.HALF_EVEN);
            return Numbers.normal(rounded.toBigInteger());
        }
        double value = Numbers.real(input);
        if (Double.isNaN(value) || Double.isInfinite(value)) return value;
        return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static String fileSize(Object input, boolean binary) {
        Object number = real(input, 0.0);
        double size = Numbers.real(number);
        double base = binary ? 1024 : 1000;
        if (size == 1) return "1 Byte";
        if (size < base) return (long) size + " Bytes";
        var units = binary ? BINARY_UNITS : DECIMAL_UNITS;
        int unit = 0;
        for (size /= base; size >= base && unit < units.size() - 1; unit++) size /= base;
        return NumberFormat.convert('f', size, 1, false) + " " + units.get(unit);
    }
}
