package dev.paddock.prompt.jinja;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** {@code "format" % values} as in Python. */
final class PercentFormat {
    private final Run run;
    private final Object values;
    private final List<?> positional;
    private final boolean escaping;
    private int used;
    private boolean usedNames;

    private PercentFormat(Run run, Object values, boolean escaping) {
        this.run = run;
        this.values = values;
        this.escaping = escaping;
        this.positional = values instanceof Tuple tuple ? tuple : Collections.singletonList(values);
    }

    /** A text, or markup when the format is: then what comes in is escaped. */
    static Object format(Run run, Object format, Object values) {
        boolean markup = format instanceof Markup;
        String text = new PercentFormat(run, values, markup).format(format.toString());
        return markup ? new Markup(text) : text;
    }

    private String format(String format) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', copied)) {
            run.append(out, format.substring(copied, at));
            var conversion = new PercentConversion(format, at + 1, this::nextSize);
            run.append(out, converted(conversion));
            copied = conversion.end();
        }
        if (!usedNames && !isIndexed() && used < positional.size()) {
            throw new TemplateException("not all arguments converted during string formatting");
        }
        run.append(out, format.substring(copied));
        return out.toString();
    }

    /** Whether the values can be asked for items: then some of them may be left over. */
    private boolean isIndexed() {
        return values instanceof Map
                || Values.isList(values)
                || values instanceof Undefined
                || values instanceof NumberRange;
    }

    /** A width or precision that is an argument. */
    private int nextSize() {
        return Numbers.index(next(), "* wants int, it");
    }

    private Object next() {
        if (used >= positional.size()) throw new TemplateException("not enough arguments for format string");
        return positional.get(used++);
    }

    private Object value(String name) {
        if (name == null) return next();
        if (!(values instanceof Map<?, ?> dict)) throw new TemplateException("format requires a mapping");
        usedNames = true;
        Object value = Dicts.get(run, dict, name);
        if (value == Undefined.MISSING) throw new TemplateException("KeyError: '" + name + "'");
        return value;
    }

    private String converted(PercentConversion conversion) {
        if (conversion.kind() == '%') return "%";
        Object value = value(conversion.name());
        String text =
                switch (conversion.kind()) {
                    case 's', 'r', 'a' -> conversion.cut(printed(conversion.kind(), value));
                    case 'c' -> character(value);
                    case 'd', 'i', 'u', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G' ->
                        conversion.number(Undefined.require(value));
                    default -> throw new TemplateException("unsupported format character '" + conversion.kind() + "'");
                };
        return conversion.filled(run, text);
    }

    private String printed(char kind, Object value) {
        String text = kind == 'r' ? Printing.repr(run, value) : kind == 'a' ? Printing.ascii(run, value) : null;
        if (!escaping) return text == null ? Printing.text(run, value) : text;
        return Markup.escape(run, text == null ? value : text).text();
    }

    private String character(Object value) {
        if (Values.isText(value) && !escaping && Values.length(value) == 1) return value.toString();
        if (!Numbers.isWhole(value) || escaping) throw new TemplateException("%c requires int or char");
        int c = Numbers.index(value, "%c");
        if (c < 0 || c > Character.MAX_CODE_POINT) throw new TemplateException("%c arg not in range(0x110000)");
        return Character.toString(c);
    }
}
