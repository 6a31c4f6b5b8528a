package dev.paddock.prompt.jinja;

import java.util.regex.Pattern;

/** {@code "format".format(values)} as in Python. */
final class BraceFormat {
    private static final Pattern SPECIFICATION =
            Pattern.compile("(?:(.)?([<>^]))?([+ ]?)(0?)([0-9]*)(,?)(?:\\.([0-9]+))?([a-zA-Z%]?)");

    private final Run run;
    private final CallArguments arguments;
    private int next;

    private BraceFormat(Run run, CallArguments arguments) {
        this.run = run;
        this.arguments = arguments;
    }

    static String format(Run run, String format, CallArguments arguments) {
        return new BraceFormat(run, arguments).format(format);
    }

    private String format(String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                run.append(out, String.valueOf(c));
                i++;
            } else if (c == '}') {
                throw new TemplateException("Single '}' encountered in format string");
            } else if (c == '{') {
                int end = format.indexOf('}', i);
                if (end < 0) throw new TemplateException("expected '}' before end of string");
                run.append(out, field(format.substring(i + 1, end)));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String field(String field) {
        int colon = field.indexOf(':');
        String specification = colon < 0 ? "" : field.substring(colon + 1);
        String path = colon < 0 ? field : field.substring(0, colon);
        boolean repr = path.endsWith("!r");
        if (repr || path.endsWith("!s")) path = path.substring(0, path.length() - 2);
        String[] names = path.split("\\.", -1);
        Object value = argument(names[0]);
        for (int i = 1; i < names.length; i++) value = Access.attribute(value, names[i]);
        if (repr) return Printing.repr(value);
        return specification.isEmpty() ? Printing.text(value) : specified(value, specification);
    }

    private Object argument(String name) {
        boolean numbered = !name.isEmpty() && name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (name.isEmpty() || numbered) {
            int index = name.isEmpty() ? next++ : Integer.parseInt(name);
            if (index < arguments.count()) return arguments.positional().get(index);
            throw new TemplateException("Replacement index " + index + " out of range for positional args tuple");
        }
        if (!arguments.named().containsKey(name)) throw new TemplateException("KeyError: '" + name + "'");
        return arguments.named().get(name);
    }

    private String specified(Object value, String specification) {
        var parts = SPECIFICATION.matcher(specification);
        if (!parts.matches()) throw new TemplateException("Invalid format specifier");
        boolean number = Numbers.isNumber(value);
        String text = converted(value, parts.group(8), NumberFormat.size(parts.group(7), -1));
        if (number && !text.startsWith("-")) text = parts.group(3) + text;
        if (!parts.group(6).isEmpty()) text = withCommas(text);
        int missing = NumberFormat.size(parts.group(5), 0) - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        String zeroOrSpace = parts.group(4).isEmpty() ? " " : "0";
        String fill = parts.group(1) == null ? zeroOrSpace : parts.group(1);
        String align = parts.group(2) == null ? (number ? ">" : "<") : parts.group(2);
        int left = align.equals(">") ? missing : align.equals("^") ? missing / 2 : 0;
        return run.repeat(fill, left) + text + run.repeat(fill, missing - left);
    }

    private static String converted(Object value, String kind, int precision) {
        if (kind.equals("%")) {
            if (!Numbers.isNumber(value)) throw new TemplateException("Unknown format code '%'");
            return NumberFormat.convert('f', Numbers.real(value) * 100, precision, false) + "%";
        }
        if (!kind.isEmpty()) return NumberFormat.convert(kind.charAt(0), value, precision, false);
        if (precision < 0) return Printing.text(value);
        if (Numbers.isFloat(value)) return NumberFormat.convert('g', value, precision, false);
        return Values.isText(value) ? NumberFormat.convert('s', value, precision, false) : Printing.text(value);
    }

    private static String withCommas(String text) {
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder out = new StringBuilder(text);
        for (int i = point - 3; i > (text.startsWith("-") ? 1 : 0); i -= 3) out.insert(i, ',');
        return out.toString();
    }
}
