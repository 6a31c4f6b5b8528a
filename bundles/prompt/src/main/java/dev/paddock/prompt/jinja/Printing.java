package dev.paddock.prompt.jinja;

import java.util.Collection;
import java.util.Map;

/** {@code str()} and {@code repr()} as in Python. */
final class Printing {
    private static final int MOST_DEPTH = 200;

    private Printing() {}

    /** What printing a value gives. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Markup markup -> markup.text();
            case Undefined undefined -> "";
            case null, default -> repr(value);
        };
    }

    static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        repr(out, value, 0);
        return out.toString();
    }

    private static void repr(StringBuilder out, Object value, int depth) {
        if (depth > MOST_DEPTH) throw new TemplateException("maximum recursion depth exceeded");
        switch (value) {
            case null -> out.append("None");
            case Boolean b -> out.append(b ? "True" : "False");
            case String s -> quote(out, s);
            case Markup m -> {
                quote(out.append("Markup("), m.text());
                out.append(')');
            }
            case Number n -> out.append(Numbers.isFloat(n) ? FloatText.of(n.doubleValue()) : n.toString());
            case Tuple t -> {
                items(out.append('('), t, depth);
                out.append(t.size() == 1 ? ",)" : ")");
            }
            case Collection<?> c -> {
                items(out.append('['), c, depth);
                out.append(']');
            }
            case Map<?, ?> m -> dict(out, m, depth);
            case DictView v -> {
                items(out.append("dict_").append(v.kind()).append("(["), v.content(), depth);
                out.append("])");
            }
            case Namespace n -> {
                repr(out.append("<Namespace "), n.values(), depth + 1);
                out.append('>');
            }
            case NumberRange r -> {
                out.append("range(").append(r.start()).append(", ").append(r.stop());
                out.append(r.step() == 1 ? ")" : ", " + r.step() + ")");
            }
            case Undefined u -> out.append("Undefined");
            case Macro m -> out.append("<Macro '").append(m.name()).append("'>");
            default -> out.append('<').append(Values.typeName(value)).append(" object>");
        }
    }

    private static void items(StringBuilder out, Collection<?> items, int depth) {
        boolean first = true;
        for (Object item : items) {
            if (!first) out.append(", ");
            first = false;
            repr(out, item, depth + 1);
        }
    }

    private static void dict(StringBuilder out, Map<?, ?> dict, int depth) {
        out.append('{');
        boolean first = true;
        for (var entry : dict.entrySet()) {
            if (!first) out.append(", ");
            first = false;
            repr(out, entry.getKey(), depth + 1);
            out.append(": ");
            repr(out, entry.getValue(), depth + 1);
        }
        out.append('}');
    }

    private static void quote(StringBuilder out, String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) out.append('\\').append(quote);
                    else if (isPrintable(c)) out.appendCodePoint(c);
                    else if (c < 0x100) out.append(String.format("\\x%02x", c));
                    else if (c < 0x10000) out.append(String.format("\\u%04x", c));
                    else out.append(String.format("\\U%08x", c));
                }
            }
        });
        out.append(quote);
    }

    private static boolean isPrintable(int c) {
        if (c < 0x7f) return c >= 0x20;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
