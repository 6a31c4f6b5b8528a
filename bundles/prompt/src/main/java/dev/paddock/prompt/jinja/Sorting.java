package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sorting by keys, without regard to case unless asked. */
final class Sorting {
    private Sorting() {}

    private record Keyed(Object key, Object value) {}

    static MadeList sorted(Run run, List<Object> items, UnaryOperator<Object> key, boolean reverse) {
        List<Keyed> keyed = new ArrayList<>(run.items(items.size()));
        for (Object item : items) keyed.add(new Keyed(key.apply(item), item));
        Comparator<Keyed> order = (a, b) -> Comparing.order(run, a.key(), b.key(), "<");
        try {
            keyed.sort(reverse ? order.reversed() : order);
        } catch (IllegalArgumentException e) {
            throw new TemplateException("the values to be sorted have no order");
        }
        MadeList sorted = new MadeList(items.size());
        for (var entry : keyed) sorted.add(entry.value());
        return sorted;
    }

    static Object folded(Run run, Object value, boolean caseSensitive) {
        if (caseSensitive || !Values.isText(value)) return value;
        run.look(value.toString().length());
        return TextCase.lower(value.toString());
    }

    /** The key of an item: itself, or what a path leads to. */
    static UnaryOperator<Object> key(Run run, Object path, boolean caseSensitive) {
        var found = AttributePath.optional(run, path);
        return item -> folded(run, found.apply(item), caseSensitive);
    }

    /** The same in a tuple, for a path that may be several with commas between: what is equal has no need of an order. */
    static UnaryOperator<Object> keys(Run run, Object path, boolean caseSensitive) {
        List<UnaryOperator<Object>> keys = new ArrayList<>();
        if (!Values.isText(path)) keys.add(key(run, path, caseSensitive));
        else {
            for (Object part : TextSplit.left(run, AttributePath.checked(path), ",", -1)) {
                keys.add(key(run, part, caseSensitive));
            }
        }
        return item -> new Tuple(keys.stream().map(key -> key.apply(item)).toList());
    }
}
