package dev.paddock.prompt.jinja;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code "format" % values} as in Python. */
final class PercentFormat {
    private static final Pattern CONVERSION =
            Pattern.compile("%(?:\\(([^)]*)\\))?([-+ 0#]*)([0-9]*)(?:\\.([0-9]*))?(.)?", Pattern.DOTALL);

    private final Run run;
    private final Object values;
    private final List<?> positional;
    private int used;
    private boolean usedNames;

    private PercentFormat(Run run, Object values) {
        this.run = run;
        this.values = values;
        this.positional = values instanceof Tuple tuple ? tuple : Collections.singletonList(values);
    }

    static String format(Run run, String format, Object values) {
        return new PercentFormat(run, values).format(format);
    }

    private String format(String format) {
        StringBuilder out = new StringBuilder();
        Matcher conversion = CONVERSION.matcher(format);
        int copied = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', copied)) {
            run.append(out, format.substring(copied, at));
            conversion.region(at, format.length()).lookingAt();
            if (conversion.group(5) == null) throw new TemplateException("incomplete format");
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
                || (values instanceof List && !(values instanceof Tuple))
                || values instanceof Undefined
                || values instanceof NumberRange;
    }

    private String converted(Matcher conversion) {
        char kind = conversion.group(5).charAt(0);
        String flags = conversion.group(2);
        int width = NumberFormat.size(conversion.group(3), 0);
        int precision = conversion.group(4) == null ? -1 : NumberFormat.size(conversion.group(4), 0);
        if (kind == '%') return "%";
        Object value = value(conversion.group(1));
        String text = NumberFormat.convert(kind, value, precision, flags.indexOf('#') >= 0);
        return filled(text, width, flags, "diuxXofFeEgG".indexOf(kind) >= 0);
    }

    private Object value(String name) {
        if (name == null) {
            if (used >= positional.size()) throw new TemplateException("not enough arguments for format string");
            return positional.get(used++);
        }
        if (!(values instanceof Map<?, ?> dict)) throw new TemplateException("format requires a mapping");
        usedNames = true;
        Object value = Dicts.get(dict, name);
        if (value == Undefined.MISSING) throw new TemplateException("KeyError: '" + name + "'");
        return value;
    }

    private String filled(String converted, int width, String flags, boolean numeric) {
        String text = converted;
        if (numeric && !text.startsWith("-")) {
            if (flags.indexOf('+') >= 0) text = "+" + text;
            else if (flags.indexOf(' ') >= 0) text = " " + text;
        }
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        if (flags.indexOf('-') >= 0) return text + run.repeat(" ", missing);
        if (!numeric || flags.indexOf('0') < 0) return run.repeat(" ", missing) + text;
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + run.repeat("0", missing) + text.substring(sign);
    }
}
