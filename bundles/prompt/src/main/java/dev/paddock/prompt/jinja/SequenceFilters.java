package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Filters over whole sequences. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("length", (run, input, a) -> Values.length(input));
        filters.put("count", (run, input, a) -> Values.length(input));
        filters.put("default", SequenceFilters::absent);
        filters.put("d", SequenceFilters::absent);
        filters.put("list", (run, input, a) -> Values.list(input));
        filters.put("first", (run, input, a) -> first(input));
        filters.put("last", (run, input, a) -> last(input));
        filters.put("random", (run, input, a) -> random(input));
        filters.put("join", SequenceFilters::join);
        filters.put("reverse", (run, input, a) -> reverse(input));
        filters.put("items", (run, input, a) -> items(input));
        filters.put("sum", SequenceFilters::sum);
        filters.put("min", (run, input, a) -> extreme(input, a, "<"));
        filters.put("max", (run, input, a) -> extreme(input, a, ">"));
        filters.put("batch", SequenceFilters::batch);
        filters.put("slice", SequenceFilters::slice);
    }

    private static Object absent(Run run, Object input, CallArguments arguments) {
        boolean missing = input instanceof Undefined || (arguments.flag(1, "boolean") && !Values.truth(input));
        return missing ? arguments.get(0, "default_value", "") : input;
    }

    private static Object first(Object input) {
        Iterator<?> items = Values.iterate(input).iterator();
        return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
    }

    private static Object last(Object input) {
        if (input instanceof LazySequence) throw new TemplateException("'generator' object is not reversible");
        List<Object> items = Values.list(input);
        return items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.getLast();
    }

    private static Object random(Object input) {
        List<Object> items = Values.list(input);
        if (items.isEmpty()) return new Undefined("No random item, sequence was empty.");
        return items.get(ThreadLocalRandom.current().nextInt(items.size()));
    }

    private static String join(Run run, Object input, CallArguments arguments) {
        String between = Printing.text(arguments.get(0, "d", ""));
        Object path = arguments.get(1, "attribute", null);
        var key = path == null ? AttributePath.SELF : AttributePath.of(path);
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object item : Values.iterate(input)) {
            if (!first) run.append(out, between);
            first = false;
            run.append(out, Printing.text(key.apply(item)));
        }
        return out.toString();
    }

    private static Object reverse(Object input) {
        if (Values.isText(input)) {
            return TextFilters.like(
                    input, new StringBuilder(input.toString()).reverse().toString());
        }
        if (input instanceof LazySequence) throw new TemplateException("argument must be iterable");
        return new LazySequence(Values.list(input).reversed().iterator());
    }

    private static Object items(Object input) {
        if (input instanceof Undefined) return new LazySequence(List.of().iterator());
        if (input instanceof Map<?, ?> dict)
            return new LazySequence(Dicts.items(dict).iterator());
        throw new TemplateException("Can only get item pairs from a mapping.");
    }

    private static Object sum(Run run, Object input, CallArguments arguments) {
        Object path = arguments.get(0, "attribute", null);
        var key = path == null ? AttributePath.SELF : AttributePath.of(path);
        Object sum = arguments.get(1, "start", 0L);
        for (Object item : Values.iterate(input)) sum = Operators.apply(run, "+", sum, key.apply(item));
        return sum;
    }

    private static Object extreme(Object input, CallArguments arguments, String operator) {
        boolean caseSensitive = arguments.flag(0, "case_sensitive");
        Object path = arguments.get(1, "attribute", null);
        var key = path == null ? AttributePath.SELF : AttributePath.of(path);
        Object best = new Undefined("No aggregated item, sequence was empty.");
        Object bestKey = null;
        boolean any = false;
        for (Object item : Values.iterate(input)) {
            Object itemKey = Sorting.folded(key.apply(item), caseSensitive);
            if (!any || Comparing.compare(operator, itemKey, bestKey)) {
                best = item;
                bestKey = itemKey;
            }
            any = true;
        }
        return best;
    }

    private static Object batch(Run run, Object input, CallArguments arguments) {
        int size = run.checkedSize(Numbers.index(arguments.first("batch"), "linecount"));
        Object fill = arguments.get(1, "fill_with", null);
        List<List<Object>> batches = new ArrayList<>();
        for (Object item : Values.iterate(input)) {
            if (batches.isEmpty() || batches.getLast().size() >= size) batches.add(new ArrayList<>());
            batches.getLast().add(item);
        }
        while (fill != null && !batches.isEmpty() && batches.getLast().size() < size) {
            batches.getLast().add(fill);
        }
        return new LazySequence(batches.iterator());
    }

    /** So many lists of nearly equal length; the longer ones come first. */
    private static Object slice(Run run, Object input, CallArguments arguments) {
        int count = run.checkedSize(Numbers.index(arguments.first("slice"), "slices"));
        if (count < 1) throw new TemplateException("slice needs at least one slice");
        Object fill = arguments.get(1, "fill_with", null);
        List<Object> items = Values.list(input);
        int longer = items.size() % count;
        int start = 0;
        List<List<Object>> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int end = start + items.size() / count + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(start, end));
            if (fill != null && i >= longer) slice.add(fill);
            slices.add(slice);
            start = end;
        }
        return new LazySequence(slices.iterator());
    }
}
