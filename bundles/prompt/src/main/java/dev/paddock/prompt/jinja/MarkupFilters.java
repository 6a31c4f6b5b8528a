package dev.paddock.prompt.jinja;

import dev.paddock.prompt.json.JsonReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Filters that write JSON, HTML and URLs. */
final class MarkupFilters {
    private MarkupFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("tojson", MarkupFilters::toJson);
        filters.put("from_json", MarkupFilters::fromJson);
        filters.put("safe", (run, input, a) -> new Markup(Printing.text(input)));
        filters.put("escape", (run, input, a) -> Markup.escape(input));
        filters.put("e", (run, input, a) -> Markup.escape(input));
        filters.put("forceescape", (run, input, a) -> Markup.escape(Printing.text(input)));
        filters.put("striptags", (run, input, a) -> stripTags(Printing.text(input)));
        filters.put("urlencode", MarkupFilters::urlEncode);
        filters.put("xmlattr", MarkupFilters::xmlAttributes);
    }

    private static String toJson(Run run, Object input, CallArguments arguments) {
        Object indent = arguments.get(1, "indent", null);
        Object separators = arguments.get(2, "separators", null);
        String step = indent == null
                ? null
                : Values.isText(indent) ? indent.toString() : run.repeat(" ", Numbers.index(indent, "indent"));
        String betweenItems = step == null ? ", " : ",";
        String betweenPair = ": ";
        if (separators != null) {
            List<Object> given = Values.list(separators);
            if (given.size() != 2) throw new TemplateException("separators must be two texts");
            betweenItems = Printing.text(given.get(0));
            betweenPair = Printing.text(given.get(1));
        }
        boolean ascii = arguments.flag(0, "ensure_ascii");
        boolean sorted = arguments.flag(3, "sort_keys");
        return new JsonPrinter(run, ascii, step, betweenItems, betweenPair, sorted).print(input);
    }

    private static Object fromJson(Run run, Object input, CallArguments arguments) {
        if (!run.lenient()) throw new TemplateException("No filter named 'from_json'.");
        String text = Text.require(input, "the JSON object");
        try {
            return JsonReader.value(text);
        } catch (JsonReader.MalformedException e) {
            throw new TemplateException("from_json: " + e.getMessage());
        }
    }

    private static String stripTags(String text) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int open = text.indexOf('<', i);
            boolean comment = open >= 0 && text.startsWith("<!--", open);
            int close = open < 0 ? -1 : comment ? text.indexOf("-->", open) : text.indexOf('>', open);
            if (close < 0) break;
            out.append(text, i, open);
            i = close + (comment ? 3 : 1);
        }
        out.append(text, i, text.length());
        return out.toString().replaceAll("\\s+", " ").strip();
    }

    private static String urlEncode(Run run, Object input, CallArguments arguments) {
        boolean pairs = input instanceof Map || input instanceof List || input instanceof LazySequence;
        if (!pairs) return encoded(Printing.text(input)).replace("+", "%20").replace("%2F", "/");
        StringBuilder out = new StringBuilder();
        for (Object pair : input instanceof Map<?, ?> dict ? Dicts.items(dict) : Values.list(input)) {
            List<Object> two = Values.list(pair);
            if (two.size() != 2) throw new TemplateException("urlencode needs pairs");
            if (!out.isEmpty()) out.append('&');
            out.append(encoded(Printing.text(two.get(0)))).append('=').append(encoded(Printing.text(two.get(1))));
        }
        return out.toString();
    }

    private static String encoded(String text) {
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
            out.append(' ').append(Markup.escape(key).text());
            out.append("=\"").append(Markup.escape(value).text()).append('"');
        });
        return out.toString();
    }
}
