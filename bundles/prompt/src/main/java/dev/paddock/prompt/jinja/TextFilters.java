package dev.paddock.prompt.jinja;

import java.util.List;

/** Filters that make text of text. */
final class TextFilters {
    private TextFilters() {}

    static void add() {
        Filters.add("trim(chars?)", TextFilters::trim);
        Filters.add("upper()", (run, input, a) -> like(input, TextCase.upper(growing(run, input))));
        Filters.add("lower()", (run, input, a) -> like(input, TextCase.lower(growing(run, input))));
        Filters.add("capitalize()", (run, input, a) -> like(input, TextCase.capitalize(growing(run, input))));
        Filters.add("title()", (run, input, a) -> title(growing(run, input)));
        Filters.add("string()", (run, input, a) -> input instanceof Markup ? input : Printing.text(run, input));
        Filters.add("replace(old, new, count?)", TextFilters::replace);
        Filters.add("indent(width?, first?, blank?)", TextFilters::indent);
        Filters.add("center(width?)", (run, input, a) -> {
            var width = new CallArguments(List.of(a.get(0, 80L)), CallArguments.NONE.named());
            return like(input, TextFill.justify(run, Printing.text(run, input), width, "center"));
        });
        Filters.add("truncate(length?, killwords?, end?, leeway?)", TextFilters::truncate);
        Filters.add("wordcount()", (run, input, a) -> wordCount(Printing.text(run, input)));
        Filters.add(
                "wordwrap(width?, break_long_words?, wrapstring?, break_on_hyphens?)",
                (run, input, a) -> WordWrap.wrap(run, input, a));
        Filters.addFree("format", TextFilters::format);
        Filters.add("pprint()", (run, input, a) -> PrettyPrinting.text(run, input));
    }

    /** The result of a filter that keeps markup markup. */
    static Object like(Object input, String text) {
        return input instanceof Markup ? new Markup(text) : text;
    }

    private static String growing(Run run, Object input) {
        return TextMethods.growing(run, Printing.text(run, input));
    }

    private static Object trim(Run run, Object input, CallArguments arguments) {
        Object given = arguments.get(0, null);
        String set = given == null ? null : Text.require(given, "strip arg");
        return like(input, Text.strip(Printing.text(run, input), set, true, true));
    }

    private static Object replace(Run run, Object input, CallArguments arguments) {
        String from = Printing.text(run, arguments.get(0));
        String to = Printing.text(run, arguments.get(1));
        Object count = arguments.get(2, null);
        int most = count == null ? -1 : Numbers.index(count, "count");
        return Text.replace(run, Printing.text(run, input), from, to, most);
    }

    /** Words start behind white space and brackets, not behind every letter as in {@code str.title()}. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = start;
            boolean separators = separates(text.charAt(start));
            while (end < text.length() && separates(text.charAt(end)) == separators) end++;
            String part = text.substring(start, end);
            int first = part.offsetByCodePoints(0, 1);
            out.append(TextCase.upper(part.substring(0, first))).append(TextCase.lower(part.substring(first)));
            start = end;
        }
        return out.toString();
    }

    private static boolean separates(char c) {
        return Text.isSpace(c) || "-({[<".indexOf(c) >= 0;
    }

    private static Object indent(Run run, Object input, CallArguments arguments) {
        Object width = arguments.get(0, 4L);
        String space = Values.isText(width) ? width.toString() : run.repeat(" ", Numbers.index(width, "width"));
        boolean blank = arguments.flag(2);
        // Jinja adds a line break here, so that the last line counts as one.
        List<Object> lines = Text.lines(run, Text.require(input, "indent value") + "\n", false);
        StringBuilder out = new StringBuilder(arguments.flag(1) ? space : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toString();
            if (i > 0) run.append(out, line.isEmpty() && !blank ? "\n" : "\n" + space);
            run.append(out, line);
        }
        return like(input, out.toString());
    }

    private static Object truncate(Run run, Object input, CallArguments arguments) {
        int length = arguments.integer(0, 255);
        String end = Text.require(arguments.get(2, "..."), "end");
        Object leewayGiven = arguments.get(3, null);
        int leeway = leewayGiven == null ? 5 : Numbers.index(leewayGiven, "leeway");
        if (length < Values.length(end)) {
            throw new TemplateException("expected length >= " + Values.length(end) + ", got " + length);
        }
        if (leeway < 0) throw new TemplateException("expected leeway >= 0, got " + leeway);
        if (Values.length(input) <= (long) length + leeway) return input;
        String text = Text.required(input, "rsplit");
        String cut = Slices.text(run, text, null, length - Values.length(end), null);
        int space = arguments.flag(1) ? -1 : cut.lastIndexOf(' ');
        String kept = space < 0 ? cut : cut.substring(0, space);
        return input instanceof Markup
                ? new Markup(kept + Markup.escape(run, end).text())
                : kept + end;
    }

    private static long wordCount(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            boolean part = Text.isWordPart(text.codePointAt(i));
            if (part && !inWord) words++;
            inWord = part;
        }
        return words;
    }

    private static Object format(Run run, Object input, CallArguments arguments) {
        if (arguments.count() > 0 && !arguments.named().isEmpty()) {
            throw new TemplateException("can't handle positional and keyword arguments at the same time");
        }
        Object values = arguments.named().isEmpty() ? new Tuple(arguments.positional()) : arguments.named();
        return PercentFormat.format(run, input instanceof Markup ? input : Printing.text(run, input), values);
    }
}
