package dev.paddock.prompt.jinja;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as Python's {@code json.dumps}.
 *
 * @param run counts what is written
 * @param style how it looks
 * @param out what was written
 */
record JsonPrinter(Run run, Style style, StringBuilder out) {
    /**
     * How it looks.
     *
     * @param ascii writes other characters as escapes
     * @param step indentation of one level, or null for one line
     * @param betweenItems between two items
     * @param betweenPair between a key and its value
     * @param sorted by keys
     */
    record Style(boolean ascii, String step, String betweenItems, String betweenPair, boolean sorted) {
        static final Style PLAIN = new Style(false, null, ", ", ": ", false);
    }

    static String print(Run run, Style style, Object value) {
        StringBuilder out = new StringBuilder();
        new JsonPrinter(run, style, out).value(value, 0);
        return out.toString();
    }

    private void value(Object value, int depth) {
        run.nest();
        run.work(1);
        switch (value) {
            case null -> write("null");
            case Boolean b -> write(b.toString());
            case String s -> text(s);
            case Markup m -> text(m.text());
            case Number n -> write(number(n));
            case Map<?, ?> m -> object(m, depth);
            case List<?> l -> array(l, depth);
            case LazySequence g when run.lenient() -> array(Values.list(run, g), depth);
            case DictView v when run.lenient() -> array(v.content(), depth);
            case Undefined u when run.lenient() -> write("null");
            default ->
                throw new TemplateException("Object of type " + Values.typeName(value) + " is not JSON serializable");
        }
        run.unnest();
    }

    private void write(String text) {
        run.append(out, text);
    }

    private void object(Map<?, ?> map, int depth) {
        Collection<? extends Map.Entry<?, ?>> entries = map.entrySet();
        if (style.sorted()) {
            entries = map.entrySet().stream()
                    .sorted((a, b) -> Comparing.order(run, a.getKey(), b.getKey(), "<"))
                    .toList();
        }
        boolean first = true;
        for (var entry : entries) {
            write(first ? "{" : style.betweenItems());
            first = false;
            newLine(depth + 1);
            text(key(entry.getKey()));
            write(style.betweenPair());
            value(entry.getValue(), depth + 1);
        }
        if (!first) newLine(depth);
        write(first ? "{}" : "}");
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

    private void array(Collection<?> list, int depth) {
        boolean first = true;
        for (Object item : list) {
            write(first ? "[" : style.betweenItems());
            first = false;
            newLine(depth + 1);
            value(item, depth + 1);
        }
        if (!first) newLine(depth);
        write(first ? "[]" : "]");
    }

    private void newLine(int depth) {
        if (style.step() != null) write("\n" + run.repeat(style.step(), depth));
    }

    private static String number(Number number) {
        if (!Numbers.isFloat(number)) return Numbers.digits(number);
        double value = number.doubleValue();
        if (Double.isNaN(value)) return "NaN";
        if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
        return FloatText.of(value);
    }

    private void text(String text) {
        Quoting.json(run, out, text, style.ascii());
    }
}
