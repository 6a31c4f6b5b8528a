package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/**
 * Writes JSON as Python's {@code json.dumps}.
 *
 * @param run counts what is written
 * @param ascii writes other characters as escapes
 * @param step indentation of one level, or null for one line
 * @param betweenItems between two items
 * @param betweenPair between a key and its value
 * @param sorted by keys
 */
record JsonPrinter(Run run, boolean ascii, String step, String betweenItems, String betweenPair, boolean sorted) {
    private static final int MOST_DEPTH = 200;

    String print(Object value) {
        StringBuilder out = new StringBuilder();
        value(out, value, 0);
        return out.toString();
    }

    private void value(StringBuilder out, Object value, int depth) {
        if (depth > MOST_DEPTH) throw new TemplateException("maximum recursion depth exceeded");
        switch (value) {
            case null -> out.append("null");
            case Boolean b -> out.append(b);
            case String s -> text(out, s);
            case Markup m -> text(out, m.text());
            case Number n -> out.append(number(n));
            case Map<?, ?> m -> object(out, m, depth);
            case List<?> l -> array(out, l, depth);
            case LazySequence g when run.lenient() -> array(out, Values.list(g), depth);
            case DictView v when run.lenient() -> array(out, Values.list(v), depth);
            case Undefined u when run.lenient() -> out.append("null");
            default ->
                throw new TemplateException("Object of type " + Values.typeName(value) + " is not JSON serializable");
        }
    }

    private void object(StringBuilder out, Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        Iterable<? extends Map.Entry<?, ?>> entries = map.entrySet();
        if (sorted) {
            entries = map.entrySet().stream()
                    .sorted((a, b) -> Comparing.order(a.getKey(), b.getKey(), "<"))
                    .toList();
        }
        out.append('{');
        boolean first = true;
        for (var entry : entries) {
            if (!first) out.append(betweenItems);
            first = false;
            newLine(out, depth + 1);
            text(out, key(entry.getKey()));
            out.append(betweenPair);
            value(out, entry.getValue(), depth + 1);
        }
        newLine(out, depth);
        out.append('}');
    }

    private static String key(Object key) {
        return switch (key) {
            case null -> "null";
            case Boolean b -> b.toString();
            case Number n -> number(n);
            default -> {
                if (Values.isText(key)) yield key.toString();
                throw new TemplateException("keys must be str, int, float, bool or None, not " + Values.typeName(key));
            }
        };
    }

    private void array(StringBuilder out, List<?> list, int depth) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        boolean first = true;
        for (Object item : list) {
            if (!first) out.append(betweenItems);
            first = false;
            newLine(out, depth + 1);
            value(out, item, depth + 1);
        }
        newLine(out, depth);
        out.append(']');
    }

    private void newLine(StringBuilder out, int depth) {
        if (step != null) run.append(out, "\n" + run.repeat(step, depth));
    }

    private static String number(Number number) {
        if (!Numbers.isFloat(number)) return number.toString();
        double value = number.doubleValue();
        if (Double.isNaN(value)) return "NaN";
        if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
        return FloatText.of(value);
    }

    private void text(StringBuilder out, String text) {
        run.checkedText((long) out.length() + text.length());
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
                default -> {
                    if (c < 0x20 || (ascii && c > 0x7e)) out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
