package dev.paddock.prompt.jinja;

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
            "casefold",
            "swapcase",
            "replace",
            "join",
            "center",
            "ljust",
            "rjust",
            "zfill",
            "removeprefix",
            "removesuffix",
            "expandtabs");
    private static final Set<String> GIVE_PARTS = Set.of("split", "rsplit", "splitlines", "partition", "rpartition");

    private MarkupMethods() {}

    /** The method of that name, or {@link Undefined#MISSING}. */
    static Object find(Markup markup, String name) {
        switch (name) {
            case "format" -> {
                return (Function) (run, a) -> BraceFormat.formatMarkup(run, markup.text(), a);
            }
            case "format_map" -> {
                return (Function) (run, a) -> BraceFormat.formatMarkup(
                        run, markup.text(), new CallArguments(List.of(), BraceFormat.names(run, a.get(0))));
            }
            case "striptags" -> {
                return (Function) (run, a) -> MarkupFilters.stripTags(run, markup.text());
            }
            default -> {}
        }
        if (!(TextMethods.find(markup.text(), name) instanceof Function method)) return Undefined.MISSING;
        if (GIVE_PARTS.contains(name)) return (Function) (run, arguments) -> parts(method.call(run, arguments));
        if (!GIVE_TEXT.contains(name)) return method;
        return (Function) (run, a) -> new Markup((String) method.call(run, escaped(run, name, a)));
    }

    private static Object parts(Object parts) {
        if (parts instanceof Tuple tuple) {
            return new Tuple(tuple.stream()
                    .map(part -> (Object) new Markup((String) part))
                    .toList());
        }
        MadeList list = (MadeList) parts;
        list.replaceAll(part -> new Markup((String) part));
        return list;
    }

    private static CallArguments escaped(Run run, String name, CallArguments arguments) {
        int escaped =
                switch (name) {
                    case "replace", "center", "ljust", "rjust" -> 1;
                    default -> -1;
                };
        MadeList positional = new MadeList(arguments.positional());
        if (name.equals("join") && positional.size() == 1) {
            MadeList items = Values.list(run, positional.getFirst());
            items.replaceAll(item -> Markup.escape(run, item).text());
            positional.set(0, items);
        } else if (escaped >= 0 && escaped < positional.size()) {
            positional.set(escaped, Markup.escape(run, positional.get(escaped)).text());
        }
        return new CallArguments(positional, Map.copyOf(arguments.named()));
    }
}
