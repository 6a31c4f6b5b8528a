package dev.paddock.prompt.jinja;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;

/** Filters over whole sequences. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void add() {
        Filters.add("length()", (run, input, a) -> Values.length(input));
        Filters.add("count()", (run, input, a) -> Values.length(input));
        Filters.add("default(default_value?, boolean?)", SequenceFilters::absent);
        Filters.add("d(default_value?, boolean?)", SequenceFilters::absent);
        Filters.add("list()", (run, input, a) -> Values.list(run, input));
        Filters.add("first()", (run, input, a) -> first(run, input));
        Filters.add("last()", (run, input, a) -> last(run, input));
        Filters.add("random()", (run, input, a) -> random(run, input));
        Filters.add("join(d?, attribute?)", SequenceFilters::join);
        Filters.add("reverse()", (run, input, a) -> reverse(run, input));
        Filters.add("items()", SequenceFilters::items);
        Filters.add("sum(attribute?, start?)", SequenceFilters::sum);
        Filters.add("batch(linecount, fill_with?)", (run, input, a) -> batch(run, input, a));
        Filters.add("slice(slices, fill_with?)", SequenceFilters::slice);
    }

    static boolean isIterable(Object value) {
        return Values.isText(value)
                || value instanceof Collection
                || value instanceof Map
                || value instanceof NumberRange
                || value instanceof Undefined
                || value instanceof LazySequence
                || value instanceof DictView
                || value instanceof LoopContext;
    }

    private static Object absent(Run run, Object input, CallArguments arguments) {
        boolean missing = input instanceof Undefined || (arguments.flag(1) && !Values.truth(input));
        return missing ? arguments.get(0, "") : input;
    }

    private static Object first(Run run, Object input) {
        Iterator<?> items = Values.iterate(run, input);
        return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
    }

    private static Object last(Run run, Object input) {
        requireReversible(input);
        if (input instanceof String text && !text.isEmpty()) {
            return text.substring(text.offsetByCodePoints(text.length(), -1));
        }
        List<Object> items = Values.list(run, input);
        return items.isEmpty() ? Undefined.because("No last item, sequence was empty.") : items.getLast();
    }

    private static void requireReversible(Object input) {
        if (input instanceof LazySequence || input instanceof LoopContext) {
            throw new TemplateException("'" + Values.typeName(input) + "' object is not reversible");
        }
    }

    private static Object random(Run run, Object input) {
        boolean indexed = Values.isText(input) || input instanceof List || input instanceof NumberRange;
        if (!indexed) throw new TemplateException("'" + Values.typeName(input) + "' object is not subscriptable");
        List<Object> items = Values.list(run, input);
        if (items.isEmpty()) return Undefined.because("No random item, sequence was empty.");
        return items.get(ThreadLocalRandom.current().nextInt(items.size()));
    }

    private static String join(Run run, Object input, CallArguments arguments) {
        String between = Printing.text(run, arguments.get(0, ""));
        var key = AttributePath.optional(run, arguments.get(1, null));
        StringBuilder out = new StringBuilder();
        boolean first = true;
        var items = Values.iterate(run, input);
        while (items.hasNext()) {
            run.work(1);
            if (!first) run.append(out, between);
            first = false;
            run.append(out, Printing.text(run, key.apply(items.next())));
        }
        return out.toString();
    }

    private static Object reverse(Run run, Object input) {
        if (Values.isText(input)) {
            return TextFilters.like(
                    input, new StringBuilder(input.toString()).reverse().toString());
        }
        List<Object> items = Values.list(run, input);
        if (input instanceof LazySequence || input instanceof LoopContext) return new MadeList(items.reversed());
        return LazySequence.of(run, () -> items.reversed().iterator());
    }

    private static Object items(Run run, Object input, CallArguments arguments) {
        return LazySequence.of(run, () -> {
            if (input instanceof Undefined) return List.of().iterator();
            if (input instanceof Map<?, ?> dict) return Dicts.items(run, dict).iterator();
            throw new TemplateException("Can only get item pairs from a mapping.");
        });
    }

    private static Object sum(Run run, Object input, CallArguments arguments) {
        var key = AttributePath.optional(run, arguments.get(0, null));
        Object sum = arguments.get(1, 0L);
        if (Values.isText(sum)) throw new TemplateException("sum() can't sum strings [use ''.join(seq) instead]");
        var items = Values.iterate(run, input);
        while (items.hasNext()) {
            run.work(1);
            sum = Operators.apply(run, "+", sum, key.apply(items.next()));
        }
        return sum;
    }

    private static Object batch(Run run, Object input, CallArguments arguments) {
        int size = arguments.integer(0, 0);
        Object fill = arguments.get(1, null);
        return LazySequence.of(run, () -> new Batches(run, Values.iterate(run, input), size, fill));
    }

    private static final class Batches implements Iterator<Object> {
        private final Run run;
        private final Iterator<?> items;
        private final int size;
        private final Object fill;
        private MadeList next = new MadeList();
        private boolean started;

        Batches(Run run, Iterator<?> items, int size, Object fill) {
            this.run = run;
            this.items = items;
            this.size = size;
            this.fill = fill;
        }

        @Override
        public boolean hasNext() {
            return !next.isEmpty() || items.hasNext();
        }

        @Override
        public Object next() {
            if (!hasNext()) throw new NoSuchElementException();
            MadeList batch = next;
            // A size of zero gives an empty list before the first item, and then never matches.
            while (batch.size() != size || (batch.isEmpty() && started)) {
                if (!items.hasNext()) return filled(batch);
                batch.add(items.next());
                run.grown(batch.size());
            }
            next = new MadeList();
            if (items.hasNext()) next.add(items.next());
            started = true;
            return batch;
        }

        private MadeList filled(MadeList batch) {
            next = new MadeList();
            if (fill != null && size > batch.size()) {
                run.items(size);
                while (batch.size() < size) batch.add(fill);
            }
            return batch;
        }
    }

    /** So many lists of nearly equal length; the longer ones come first. */
    private static Object slice(Run run, Object input, CallArguments arguments) {
        int count = arguments.integer(0, 0);
        Object fill = arguments.get(1, null);
        return LazySequence.of(run, () -> {
            List<Object> items = Values.list(run, input);
            if (count == 0) throw new TemplateException("integer division or modulo by zero");
            MadeList slices = new MadeList(run.items(Math.max(0, count)));
            int longer = items.size() % count;
            int start = 0;
            for (int i = 0; i < count; i++) {
                int end = start + items.size() / count + (i < longer ? 1 : 0);
                MadeList slice = new MadeList(items.subList(start, end));
                if (fill != null && i >= longer) slice.add(fill);
                slices.add(slice);
                start = end;
            }
            return slices.iterator();
        });
    }
}
