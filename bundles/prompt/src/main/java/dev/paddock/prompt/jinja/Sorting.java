package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Sorting by keys, without regard to case unless asked. */
final class Sorting {
    private Sorting() {}

    private record Keyed(Object key, Object value) {}

    static List<Object> sorted(List<Object> items, UnaryOperator<Object> key, boolean reverse) {
        List<Keyed> keyed = new ArrayList<>(items.size());
        for (Object item : items) keyed.add(new Keyed(key.apply(item), item));
        Comparator<Keyed> order = (a, b) -> Comparing.order(a.key(), b.key(), "<");
        try {
            keyed.sort(reverse ? order.reversed() : order);
        } catch (IllegalArgumentException e) {
            throw new TemplateException("the values to be sorted have no order");
        }
        List<Object> sorted = new ArrayList<>(items.size());
        for (var entry : keyed) sorted.add(entry.value());
        return sorted;
    }

    static Object folded(Object value, boolean caseSensitive) {
        return !caseSensitive && Values.isText(value) ? value.toString().toLowerCase(Locale.ROOT) : value;
    }
}
