package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code "format".format(values)} as in Python. */
final class BraceFormat {
    private static final int MOST_NESTING = 2;

    private final Run run;
    private final CallArguments arguments;
    private final boolean escaping;
    private int next;
    private boolean numbered;

    private BraceFormat(Run run, CallArguments arguments, boolean escaping) {
        this.run = run;
        this.arguments = arguments;
        this.escaping = escaping;
    }

    static String format(Run run, String format, CallArguments arguments) {
        return new BraceFormat(run, arguments, false).format(format, MOST_NESTING);
    }

    static String formatMap(Run run, String format, Object mapping) {
        return format(run, format, new CallArguments(List.of(), names(run, mapping)));
    }

    /** What comes into markup is escaped. */
    static Markup formatMarkup(Run run, String format, CallArguments arguments) {
        return new Markup(new BraceFormat(run, arguments, true).format(format, MOST_NESTING));
    }

    /** The values of a dict by name. */
    static Map<String, Object> names(Run run, Object mapping) {
        if (!(mapping instanceof Map<?, ?> dict)) {
            throw new TemplateException("format_map() argument must be a mapping");
        }
        run.items(dict.size());
        Map<String, Object> named = new LinkedHashMap<>();
        dict.forEach((key, value) -> named.put(Printing.text(run, key), value));
        return named;
    }

    private String format(String format, int nesting) {
        if (nesting < 0) throw new TemplateException("Max string recursion exceeded");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                i++;
            } else if (c == '}') {
                throw new TemplateException("Single '}' encountered in format string");
            } else if (c == '{') {
                int end = end(format, i);
                run.append(out, field(format.substring(i + 1, end), nesting));
                i = end;
            } else {
                out.append(c);
            }
        }
        return run.made(out.toString());
    }

    /** The index of the brace that closes the one at an index. */
    private static int end(String format, int start) {
        int open = 0;
        for (int i = start; i < format.length(); i++) {
            if (format.charAt(i) == '{') open++;
            if (format.charAt(i) == '}' && --open == 0) return i;
        }
        throw new TemplateException("expected '}' before end of string");
    }

    /** A path, what is made of its value first, and how that is written. */
    private String field(String field, int nesting) {
        run.work(1);
        int end = pathEnd(field);
        String specification = "";
        char conversion = 0;
        if (end < field.length() && field.charAt(end) == '!') {
            boolean more = end + 2 < field.length() && field.charAt(end + 2) == ':';
            if (end + 2 != field.length() && !more)
                throw new TemplateException("expected ':' after conversion specifier");
            conversion = field.charAt(end + 1);
            if (more) specification = field.substring(end + 3);
        } else if (end < field.length()) {
            specification = field.substring(end + 1);
        }
        Object value = converted(conversion, path(field.substring(0, end)));
        return written(value, format(specification, nesting - 1));
    }

    private static int pathEnd(String field) {
        boolean inBrackets = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '[') inBrackets = true;
            if (c == ']') inBrackets = false;
            if (!inBrackets && (c == '!' || c == ':')) return i;
            if (!inBrackets && c == '{') throw new TemplateException("unexpected '{' in field name");
        }
        return field.length();
    }

    private Object path(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') end++;
        Object value = argument(path.substring(0, end));
        while (end < path.length()) {
            boolean attribute = path.charAt(end) == '.';
            int start = end + 1;
            end = start;
            while (end < path.length() && (attribute ? ".[".indexOf(path.charAt(end)) < 0 : path.charAt(end) != ']')) {
                end++;
            }
            String key = path.substring(start, end);
            if (key.isEmpty()) throw new TemplateException("Empty attribute in format string");
            if (attribute) {
                value = Access.attribute(run, value, key);
                continue;
            }
            if (end >= path.length()) throw new TemplateException("Missing ']' in format string");
            value = Access.item(run, value, isNumber(key) ? (Object) Long.valueOf(key) : key);
            end++;
            if (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
                throw new TemplateException("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    private static boolean isNumber(String key) {
        return !key.isEmpty() && key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Object argument(String name) {
        if (name.isEmpty() || isNumber(name)) {
            if (name.isEmpty() ? numbered : next > 0) {
                throw new TemplateException("cannot mix manual field specification and automatic field numbering");
            }
            numbered |= !name.isEmpty();
            int index = name.isEmpty() ? next++ : Integer.parseInt(name);
            if (index < arguments.count()) return arguments.get(index);
            throw new TemplateException("Replacement index " + index + " out of range for positional args tuple");
        }
        if (!arguments.named().containsKey(name)) {
            throw new TemplateException("KeyError: '" + Printing.shortened(name) + "'");
        }
        return arguments.named().get(name);
    }

    private Object converted(char conversion, Object value) {
        return switch (conversion) {
            case 0 -> value;
            case 's' -> Printing.text(run, value);
            case 'r' -> Printing.repr(run, value);
            case 'a' -> Printing.ascii(run, value);
            default -> throw new TemplateException("Unknown conversion specifier '" + conversion + "'");
        };
    }

    private String written(Object value, String specification) {
        if (escaping) {
            if (!(value instanceof Markup))
                return Markup.escape(run, plain(value, specification)).text();
            if (!specification.isEmpty()) throw new TemplateException("Unsupported format specification for Markup.");
            return value.toString();
        }
        return plain(value, specification);
    }

    private String plain(Object value, String specification) {
        if (specification.isEmpty()) return Printing.text(run, value);
        if (Values.isText(value)) return FormatSpecification.of(specification).text(run, value.toString());
        if (Numbers.isNumber(value)) return NumberFormat.format(run, FormatSpecification.of(specification), value);
        throw new TemplateException("unsupported format string passed to " + Values.typeName(value) + ".__format__");
    }
}
