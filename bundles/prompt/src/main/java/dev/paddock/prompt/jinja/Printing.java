package dev.paddock.prompt.jinja;

import java.util.Collection;
import java.util.Map;

/**
 * {@code str()} and {@code repr()} as in Python.
 *
 * @param run counts what is written
 * @param out what was written
 */
record Printing(Run run, StringBuilder out) {
    private static final int MOST_SHOWN = 100;

    /** What printing a value gives. */
    static String text(Run run, Object value) {
        return switch (value) {
            case String text -> text;
            case Markup markup -> markup.text();
            case Undefined undefined -> "";
            case null, default -> repr(run, value);
        };
    }

    static String repr(Run run, Object value) {
        StringBuilder out = new StringBuilder();
        new Printing(run, out).repr(value);
        return out.toString();
    }

    /** The start of a text, for messages. */
    static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private void repr(Object value) {
        run.nest();
        run.work(1);
        switch (value) {
            case null -> write("None");
            case Boolean b -> write(b ? "True" : "False");
            case String s -> Quoting.python(run, out, s);
            case Markup m -> {
                write("Markup(");
                Quoting.python(run, out, m.text());
                write(")");
            }
            case Number n -> write(Numbers.isFloat(n) ? FloatText.of(n.doubleValue()) : Numbers.digits(n));
            case Tuple t -> {
                items("(", t);
                write(t.size() == 1 ? ",)" : ")");
            }
            case Collection<?> c -> {
                items("[", c);
                write("]");
            }
            case Map<?, ?> m -> dict(m);
            case DictView v -> {
                items("dict_" + v.kind() + "([", v.content());
                write("])");
            }
            case Namespace n -> {
                write("<Namespace ");
                repr(n.values());
                write(">");
            }
            case NumberRange r ->
                write("range(" + r.start() + ", " + r.stop() + (r.step() == 1 ? ")" : ", " + r.step() + ")"));
            case Undefined u -> write("Undefined");
            case Macro m -> write("<Macro " + (m.name().isEmpty() ? "anonymous" : "'" + m.name() + "'") + ">");
            case LoopContext l -> write("<LoopContext " + l.attribute("index") + "/" + l.length() + ">");
            default -> write("<" + Values.typeName(value) + " object>");
        }
        run.unnest();
    }

    private void write(String text) {
        run.append(out, text);
    }

    private void items(String before, Collection<?> items) {
        write(before);
        boolean first = true;
        for (Object item : items) {
            if (!first) write(", ");
            first = false;
            repr(item);
        }
    }

    private void dict(Map<?, ?> dict) {
        write("{");
        boolean first = true;
        for (var entry : dict.entrySet()) {
            if (!first) write(", ");
            first = false;
            repr(entry.getKey());
            write(": ");
            repr(entry.getValue());
        }
        write("}");
    }

    /** A {@code repr} with escapes for all that is not ASCII. */
    static String ascii(Run run, Object value) {
        StringBuilder out = new StringBuilder();
        repr(run, value).codePoints().forEach(c -> {
            if (c < 0x80) out.append((char) c);
            else run.append(out, Quoting.codePoint(c));
        });
        return run.made(out.toString());
    }
}
