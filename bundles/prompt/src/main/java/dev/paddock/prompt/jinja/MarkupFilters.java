package dev.paddock.prompt.jinja;

import dev.paddock.prompt.json.JsonReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Filters that write and read JSON, HTML and URLs. */
final class MarkupFilters {
    /** Names and characters of HTML that {@code striptags} gives back; others stay as they are written. */
    private static final Map<String, String> ENTITIES = Map.of(
            "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#34;", "\"", "&#39;", "'", "&nbsp;", "\u00a0", "&amp;", "&");

    private MarkupFilters() {}

    static void add() {
        Filters.add("tojson(ensure_ascii?, indent?, separators?, sort_keys?)", MarkupFilters::toJson);
        Filters.add("from_json()", MarkupFilters::fromJson);
        Filters.add("safe()", (run, input, a) -> new Markup(Printing.text(run, input)));
        Filters.add("escape()", (run, input, a) -> Markup.escape(run, input));
        Filters.add("e()", (run, input, a) -> Markup.escape(run, input));
        Filters.add("forceescape()", (run, input, a) -> Markup.escape(run, Printing.text(run, input)));
        Filters.add("striptags()", (run, input, a) -> stripTags(run, Printing.text(run, input)));
        Filters.add("urlencode()", (run, input, a) -> urlEncode(run, input));
        Filters.add("xmlattr(autospace?)", (run, input, a) -> xmlAttributes(run, input, a));
    }

    private static String toJson(Run run, Object input, CallArguments arguments) {
        if (arguments == CallArguments.NONE) return JsonPrinter.print(run, JsonPrinter.Style.PLAIN, input);
        Object indent = arguments.get(1, null);
        Object separators = arguments.get(2, null);
        String step = indent == null
                ? null
                : Values.isText(indent) ? indent.toString() : run.repeat(" ", Numbers.index(indent, "indent"));
        String betweenItems = step == null ? ", " : ",";
        String betweenPair = ": ";
        if (separators != null) {
            List<Object> given = Values.list(run, separators);
            if (given.size() != 2) throw new TemplateException("separators must be two texts");
            betweenItems = Printing.text(run, given.get(0));
            betweenPair = Printing.text(run, given.get(1));
        }
        var style = new JsonPrinter.Style(arguments.flag(0), step, betweenItems, betweenPair, arguments.flag(3));
        return JsonPrinter.print(run, style, input);
    }

    private static Object fromJson(Run run, Object input, CallArguments arguments) {
        String text = Text.require(input, "the JSON object");
        run.items(text.length() / 2);
        try {
            return JsonReader.value(text);
        } catch (JsonReader.MalformedException e) {
            throw new TemplateException("from_json: " + e.getMessage());
        }
    }

    static String stripTags(Run run, String text) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', copied)) {
            boolean comment = text.startsWith("<!--", open);
            int close = comment ? text.indexOf("-->", open + 4) : text.indexOf('>', open);
            if (close < 0) break;
            out.append(text, copied, open);
            copied = close + (comment ? 3 : 1);
        }
        out.append(text, copied, text.length());
        String plain = TextSplit.left(run, out.toString(), null, -1).stream()
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return unescaped(plain);
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int i = text.indexOf('&'); i >= 0; i = text.indexOf('&', i + 1)) {
            int end = text.indexOf(';', i);
            if (end < 0) break;
            String meant = end - i > 8 ? null : ENTITIES.get(text.substring(i, end + 1));
            if (meant == null) continue;
            out.append(text, copied, i).append(meant);
            copied = end + 1;
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static String urlEncode(Run run, Object input) {
        boolean pairs = !Values.isText(input) && SequenceFilters.isIterable(input);
        if (!pairs) return encoded(run, input).replace("+", "%20").replace("%2F", "/");
        StringBuilder out = new StringBuilder();
        for (Object pair : input instanceof Map<?, ?> dict ? Dicts.items(run, dict) : Values.list(run, input)) {
            List<Object> two = Values.list(run, pair);
            if (two.size() != 2) throw new TemplateException("urlencode needs pairs");
            if (!out.isEmpty()) out.append('&');
            run.append(out, encoded(run, two.get(0)) + "=" + encoded(run, two.get(1)));
        }
        return out.toString();
    }

    private static String encoded(Run run, Object value) {
        String text = Printing.text(run, value);
        // A character may become nine.
        run.text(9L * text.length());
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String xmlAttributes(Run run, Object input, CallArguments arguments) {
        if (!(input instanceof Map<?, ?> dict)) {
            throw new TemplateException("'" + Values.typeName(input) + "' object has no attribute 'items'");
        }
        StringBuilder out = new StringBuilder();
        dict.forEach((key, value) -> {
            if (value == null || value instanceof Undefined) return;
            String name = Text.require(key, "attribute name");
            if (name.chars().anyMatch(c -> " \t\n\r\f\u000b/>=".indexOf(c) >= 0)) {
                throw new TemplateException("Invalid character in attribute name: " + Printing.shortened(name));
            }
            boolean spaced = !out.isEmpty() || Values.truth(arguments.get(0, true));
            run.append(out, (spaced ? " " : "") + Markup.escape(run, key).text() + "=\"");
            run.append(out, Markup.escape(run, value).text() + "\"");
        });
        return out.toString();
    }
}
