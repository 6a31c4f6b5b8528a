package dev.paddock.prompt.go;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** JSON as Go's {@code encoding/json} writes it: maps sorted by key, and safe in HTML. */
final class GoJson {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_DEPTH = 200;
    /** From here on, and below a millionth, floats are written with an exponent. */
    private static final double LARGE = 1e21;

    private static final double SMALL = 1e-6;

    private final Run run;
    private final StringBuilder out = new StringBuilder();

    private GoJson(Run run) {
        this.run = run;
    }

    static String text(Object value, Run run) {
        var json = new GoJson(run);
        json.value(value, 0);
        return json.out.toString();
    }

    private void value(Object value, int depth) {
        if (depth > MOST_DEPTH) throw new GoTemplateException("a value is nested too deeply for JSON");
        run.work(1);
        switch (value) {
            case null -> out.append("null");
            case String text -> text(text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Number number -> out.append(number(number));
            case TypeNames types -> value(types.json(), depth);
            case GoStruct struct -> object(struct.json(), depth);
            case Map<?, ?> map -> object(Values.sorted(map, run), depth);
            case List<?> list -> array(list, depth);
            default -> throw new GoTemplateException("a " + Values.typeName(value) + " is nothing in JSON");
        }
    }

    private void object(Map<String, Object> map, int depth) {
        out.append('{');
        String between = "";
        for (var entry : map.entrySet()) {
            out.append(between);
            text(entry.getKey());
            out.append(':');
            value(entry.getValue(), depth + 1);
            between = ",";
        }
        out.append('}');
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        String between = "";
        for (Object item : list) {
            out.append(between);
            value(item, depth + 1);
            between = ",";
        }
        out.append(']');
    }

    private static String number(Number number) {
        if (!Values.isReal(number)) return number.toString();
        double value = number.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new GoTemplateException("error calling json: unsupported value: " + value);
        }
        double magnitude = Math.abs(value);
        if (magnitude == 0) return 1 / value < 0 ? "-0" : "0";
        BigDecimal decimal = FloatVerbs.shortest(magnitude).stripTrailingZeros();
        String sign = value < 0 ? "-" : "";
        if (magnitude >= SMALL && magnitude < LARGE) return sign + decimal.toPlainString();
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private void text(String text) {
        run.grow(out, text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
                default -> {
                    if (c < 0x20) escape(c);
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }

    /** Six characters for one: each of them is counted, and hand-made as there may be millions. */
    private void escape(char c) {
        run.grow(out, 6);
        out.append("\\u").append(HEX.toHexDigits(c));
    }
}
