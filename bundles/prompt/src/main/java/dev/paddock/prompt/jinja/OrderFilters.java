package dev.paddock.prompt.jinja;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters that sort, group and compare items. */
final class OrderFilters {
    private OrderFilters() {}

    static void add() {
        Filters.add("sort(reverse?, case_sensitive?, attribute?)", OrderFilters::sort);
        Filters.add("dictsort(case_sensitive?, by?, reverse?)", OrderFilters::sortDict);
        Filters.add("groupby(attribute, default?, case_sensitive?)", OrderFilters::group);
        Filters.add("min(case_sensitive?, attribute?)", (run, input, a) -> extreme(run, input, a, "<"));
        Filters.add("max(case_sensitive?, attribute?)", (run, input, a) -> extreme(run, input, a, ">"));
    }

    private static Object sort(Run run, Object input, CallArguments arguments) {
        var key = Sorting.keys(run, arguments.get(2, null), arguments.flag(1));
        return Sorting.sorted(run, Values.list(run, input), key, arguments.flag(0));
    }

    private static Object sortDict(Run run, Object input, CallArguments arguments) {
        Undefined.require(input);
        String by = Text.require(arguments.get(1, "key"), "by");
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateException("You can only sort by either \"key\" or \"value\"");
        }
        if (!(input instanceof Map<?, ?> dict)) {
            throw new TemplateException("'" + Values.typeName(input) + "' object has no attribute 'items'");
        }
        boolean caseSensitive = arguments.flag(0);
        UnaryOperator<Object> key =
                pair -> Sorting.folded(run, ((Tuple) pair).get(by.equals("key") ? 0 : 1), caseSensitive);
        return Sorting.sorted(run, Dicts.items(run, dict), key, arguments.flag(2));
    }

    private static Object group(Run run, Object input, CallArguments arguments) {
        var path = AttributePath.of(run, arguments.get(0), arguments.get(1, null));
        boolean caseSensitive = arguments.flag(2);
        MadeList groups = new MadeList();
        MadeList current = new MadeList();
        Object currentKey = null;
        UnaryOperator<Object> key = item -> Sorting.folded(run, path.apply(item), caseSensitive);
        for (Object item : Sorting.sorted(run, Values.list(run, input), key, false)) {
            Object itemKey = key.apply(item);
            if (groups.isEmpty() || !Comparing.equal(run, currentKey, itemKey)) {
                current = new MadeList();
                groups.add(new Group(path.apply(item), current));
                currentKey = itemKey;
            }
            current.add(item);
        }
        return groups;
    }

    private static Object extreme(Run run, Object input, CallArguments arguments, String operator) {
        var key = Sorting.key(run, arguments.get(1, null), arguments.flag(0));
        var items = Values.iterate(run, input);
        if (!items.hasNext()) return Undefined.because("No aggregated item, sequence was empty.");
        Object best = items.next();
        Object bestKey = key.apply(best);
        while (items.hasNext()) {
            Object item = items.next();
            Object itemKey = key.apply(item);
            if (!Comparing.compare(run, operator, itemKey, bestKey)) continue;
            best = item;
            bestKey = itemKey;
        }
        return best;
    }
}
