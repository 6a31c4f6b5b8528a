package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that select, change, sort and group items. */
final class SelectionFilters {
    private SelectionFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("select", (run, input, a) -> select(run, input, AttributePath.SELF, a, true));
        filters.put("reject", (run, input, a) -> select(run, input, AttributePath.SELF, a, false));
        filters.put("selectattr", (run, input, a) -> select(run, input, path(a), a.from(1), true));
        filters.put("rejectattr", (run, input, a) -> select(run, input, path(a), a.from(1), false));
        filters.put("unique", SelectionFilters::unique);
        filters.put("sort", SelectionFilters::sort);
        filters.put("dictsort", SelectionFilters::sortDict);
        filters.put("groupby", SelectionFilters::group);
        filters.put("attr", (run, input, a) -> attribute(input, Printing.text(a.first("attr"))));
    }

    /** Input that is false, of whatever type, is an empty sequence. */
    private static LazySequence lazy(Run run, Object input, Predicate<Object> keep, UnaryOperator<Object> change) {
        Iterable<?> source = Values.truth(input) ? Values.iterate(input) : List.of();
        return LazySequence.of(source, keep, item -> {
            run.work(1);
            return change.apply(item);
        });
    }

    private static Object map(Run run, Object input, CallArguments arguments) {
        if (arguments.count() == 0 && arguments.named().containsKey("attribute")) {
            Object absent = arguments.named().getOrDefault("default", Undefined.MISSING);
            return lazy(
                    run, input, item -> true, AttributePath.of(arguments.named().get("attribute"), absent));
        }
        String name = Printing.text(arguments.first("map"));
        if (!Filters.exists(name)) throw new TemplateException("No filter named '" + name + "'.");
        var rest = arguments.from(1);
        return lazy(run, input, item -> true, item -> Filters.apply(run, name, item, rest));
    }

    private static UnaryOperator<Object> path(CallArguments arguments) {
        if (arguments.count() == 0) throw new TemplateException("Missing parameter for attribute name");
        return AttributePath.of(arguments.positional().getFirst());
    }

    private static Object select(Run run, Object input, UnaryOperator<Object> key, CallArguments check, boolean keep) {
        Predicate<Object> passes = check.count() == 0
                ? item -> Values.truth(key.apply(item))
                : item -> Checks.test(Printing.text(check.positional().getFirst()), key.apply(item), check.from(1));
        return lazy(run, input, item -> passes.test(item) == keep, AttributePath.SELF);
    }

    private static Object unique(Run run, Object input, CallArguments arguments) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive");
        Object path = arguments.get(1, "attribute", null);
        var key = path == null ? AttributePath.SELF : AttributePath.of(path);
        List<Object> seen = new ArrayList<>();
        Values.iterate(input);
        var folded = one(key, caseSensitive);
        return lazy(run, input, item -> isNew(run, seen, folded.apply(item)), AttributePath.SELF);
    }

    private static boolean isNew(Run run, List<Object> seen, Object key) {
        run.work(seen.size());
        for (Object other : seen) {
            if (Comparing.equal(other, key)) return false;
        }
        return seen.add(key);
    }

    private static Object sort(Run run, Object input, CallArguments arguments) {
        boolean caseSensitive = arguments.flag(1, "case_sensitive");
        Object path = arguments.get(2, "attribute", null);
        List<UnaryOperator<Object>> keys = new ArrayList<>();
        if (path == null) keys.add(AttributePath.SELF);
        else if (!Values.isText(path)) keys.add(AttributePath.of(path));
        else for (String part : path.toString().split(",", -1)) keys.add(AttributePath.of(part.strip()));
        UnaryOperator<Object> all = item -> new Tuple(keys.stream()
                .map(key -> Sorting.folded(key.apply(item), caseSensitive))
                .toList());
        return Sorting.sorted(
                Values.list(input),
                keys.size() == 1 ? one(keys.getFirst(), caseSensitive) : all,
                arguments.flag(0, "reverse"));
    }

    private static UnaryOperator<Object> one(UnaryOperator<Object> key, boolean caseSensitive) {
        return item -> Sorting.folded(key.apply(item), caseSensitive);
    }

    private static Object sortDict(Run run, Object input, CallArguments arguments) {
        Undefined.require(input);
        if (!(input instanceof Map<?, ?> dict)) {
            throw new TemplateException("'" + Values.typeName(input) + "' object has no attribute 'items'");
        }
        boolean caseSensitive = arguments.flag(0, "case_sensitive");
        int by =
                switch (Printing.text(arguments.get(1, "by", "key"))) {
                    case "key" -> 0;
                    case "value" -> 1;
                    default -> throw new TemplateException("You can only sort by either \"key\" or \"value\"");
                };
        UnaryOperator<Object> key = pair -> Sorting.folded(((Tuple) pair).get(by), caseSensitive);
        return Sorting.sorted(Dicts.items(dict), key, arguments.flag(2, "reverse"));
    }

    private static Object group(Run run, Object input, CallArguments arguments) {
        Object absent = arguments.get(1, "default", null);
        var path = AttributePath.of(arguments.get(0, "attribute", null), absent == null ? Undefined.MISSING : absent);
        boolean caseSensitive = arguments.flag(2, "case_sensitive");
        var key = one(path, caseSensitive);
        List<Object> groups = new ArrayList<>();
        List<Object> current = new ArrayList<>();
        Object currentKey = null;
        for (Object item : Sorting.sorted(Values.list(input), key, false)) {
            Object itemKey = key.apply(item);
            if (groups.isEmpty() || !Comparing.equal(currentKey, itemKey)) {
                current = new ArrayList<>();
                groups.add(Tuple.of(path.apply(item), current));
                currentKey = itemKey;
            }
            current.add(item);
        }
        return groups;
    }

    /** Only the attribute, never the key of a dict. */
    private static Object attribute(Object input, String name) {
        Undefined.require(input);
        if (!(input instanceof Map<?, ?> dict)) return Access.attribute(input, name);
        Object method = DictMethods.find(dict, name);
        return method == null ? new Undefined("'dict object' has no attribute '" + name + "'") : method;
    }
}
