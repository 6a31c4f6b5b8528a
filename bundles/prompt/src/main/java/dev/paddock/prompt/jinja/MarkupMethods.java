package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods of {@link Markup}: those of str, but what they take is escaped and what they give is markup. */
final class MarkupMethods {
    private static final Set<String> GIVE_TEXT = Set.of(
            "strip",
            "lstrip",
            "rstrip",
            "upper",
            "lower",
            "title",
            "capitalize",
            "swapcase",
            "replace",
            "join",
            "center",
            "ljust",
            "rjust",
            "zfill",
            "removeprefix",
            "removesuffix",
            "expandtabs",
            "format");
    private static final Set<String> GIVE_PARTS = Set.of("split", "rsplit", "splitlines");

    private MarkupMethods() {}

    /** The method of that name, or null. */
    static Function find(Markup markup, String name) {
        Function method = TextMethods.find(markup.text(), name);
        if (method == null) return null;
        if (GIVE_PARTS.contains(name)) {
            return (run, arguments) -> {
                List<Object> parts = new ArrayList<>((List<?>) method.call(run, arguments));
                parts.replaceAll(part -> new Markup(part.toString()));
                return parts;
            };
        }
        if (!GIVE_TEXT.contains(name)) return method;
        return (run, arguments) -> new Markup(Printing.text(method.call(run, escaped(name, arguments))));
    }

    private static CallArguments escaped(String name, CallArguments arguments) {
        return switch (name) {
            case "replace", "format" -> {
                List<Object> positional = new ArrayList<>(arguments.positional());
                positional.replaceAll(MarkupMethods::escaped);
                Map<String, Object> named = new LinkedHashMap<>();
                arguments.named().forEach((key, value) -> named.put(key, escaped(value)));
                yield new CallArguments(positional, named);
            }
            case "join" -> {
                List<Object> items = Values.list(arguments.first(name));
                items.replaceAll(item -> Markup.escape(item).text());
                yield new CallArguments(List.of(items), Map.of());
            }
            default -> arguments;
        };
    }

    private static Object escaped(Object value) {
        return Values.isText(value) ? Markup.escape(value).text() : value;
    }
}
