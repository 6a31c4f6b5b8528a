package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters that make text of text. */
final class TextFilters {
    private TextFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("trim", TextFilters::trim);
        filters.put("upper", (run, input, a) -> like(input, Printing.text(input).toUpperCase(Locale.ROOT)));
        filters.put("lower", (run, input, a) -> like(input, Printing.text(input).toLowerCase(Locale.ROOT)));
        filters.put("capitalize", (run, input, a) -> like(input, Text.capitalize(Printing.text(input))));
        filters.put("title", (run, input, a) -> title(Printing.text(input)));
        filters.put("string", (run, input, a) -> input instanceof Markup ? input : printed(run, input));
        filters.put("replace", TextFilters::replace);
        filters.put("indent", TextFilters::indent);
        filters.put(
                "center",
                (run, input, a) -> TextMethods.justify(
                        run, Printing.text(input), CallArguments.of(a.get(0, "width", 80L)), "center"));
        filters.put("truncate", TextFilters::truncate);
        filters.put("wordcount", (run, input, a) -> wordCount(Printing.text(input)));
        filters.put("wordwrap", (run, input, a) -> wrap(Printing.text(input), a.integer(0, "width", 79)));
        filters.put("format", TextFilters::format);
        filters.put("pprint", (run, input, a) -> printed(run, Printing.repr(keysSorted(input))));
    }

    /** The result of a filter that keeps markup markup. */
    static Object like(Object input, String text) {
        return input instanceof Markup ? new Markup(text) : text;
    }

    private static String printed(Run run, Object value) {
        String text = Printing.text(value);
        run.checkedText(text.length());
        return text;
    }

    /** Python's pprint sorts a dict. */
    private static Object keysSorted(Object input) {
        if (!(input instanceof Map<?, ?> dict)) return input;
        Map<Object, Object> sorted = new LinkedHashMap<>();
        dict.entrySet().stream()
                .sorted((a, b) -> Comparing.order(a.getKey(), b.getKey(), "<"))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Object trim(Run run, Object input, CallArguments arguments) {
        Object given = arguments.get(0, "chars", null);
        String set = given == null ? null : Text.require(given, "strip arg");
        return like(input, Text.strip(Printing.text(input), set, true, true));
    }

    private static Object replace(Run run, Object input, CallArguments arguments) {
        String from = Printing.text(arguments.get(0, "old", ""));
        String to = Printing.text(arguments.get(1, "new", ""));
        Object count = arguments.get(2, "count", null);
        int most = count == null ? -1 : Numbers.index(count, "count");
        return Text.replace(run, Printing.text(input), from, to, most);
    }

    /** Words start behind white space and brackets, not behind every letter as in {@code str.title()}. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean starts = true;
        for (int c : text.codePoints().toArray()) {
            boolean separator = c < 0x10000 && (Text.isSpace((char) c) || "-({[<".indexOf(c) >= 0);
            out.appendCodePoint(separator ? c : starts ? Character.toUpperCase(c) : Character.toLowerCase(c));
            starts = separator;
        }
        return out.toString();
    }

    private static Object indent(Run run, Object input, CallArguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String space = Values.isText(width) ? width.toString() : run.repeat(" ", Numbers.index(width, "width"));
        boolean blank = arguments.flag(2, "blank");
        // Jinja adds a line break here, so that the last line counts as one.
        List<Object> lines = Text.lines(Text.require(input, "indent value") + "\n", false);
        StringBuilder out = new StringBuilder(arguments.flag(1, "first") ? space : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toString();
            if (i > 0) run.append(out, line.isEmpty() && !blank ? "\n" : "\n" + space);
            run.append(out, line);
        }
        return like(input, out.toString());
    }

    private static Object truncate(Run run, Object input, CallArguments arguments) {
        int length = arguments.integer(0, "length", 255);
        int leeway = arguments.integer(3, "leeway", 5);
        String end = Printing.text(arguments.get(2, "end", "..."));
        if (Values.length(input) <= (long) length + leeway) return input;
        String text = Text.require(input, "truncate value");
        String cut = (String) Access.slice(text, null, length - Values.length(end), null);
        if (arguments.flag(1, "killwords")) return cut + end;
        int space = cut.lastIndexOf(' ');
        return (space < 0 ? cut : cut.substring(0, space)) + end;
    }

    private static long wordCount(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean part = Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_';
            if (part && !inWord) words++;
            inWord = part;
        }
        return words;
    }

    private static String wrap(String text, int width) {
        StringBuilder out = new StringBuilder();
        for (Object line : Text.lines(text, false)) {
            if (!out.isEmpty()) out.append('\n');
            int column = 0;
            for (String word : line.toString().split(" ", 0)) {
                if (column > 0 && column + 1 + word.length() > width) {
                    out.append('\n');
                    column = 0;
                }
                if (column > 0) {
                    out.append(' ');
                    column++;
                }
                out.append(word);
                column += word.length();
            }
        }
        return out.toString();
    }

    private static String format(Run run, Object input, CallArguments arguments) {
        if (arguments.count() > 0 && !arguments.named().isEmpty()) {
            throw new TemplateException("can't handle positional and keyword arguments at the same time");
        }
        Object values = arguments.named().isEmpty() ? new Tuple(arguments.positional()) : arguments.named();
        return PercentFormat.format(run, Printing.text(input), values);
    }
}
