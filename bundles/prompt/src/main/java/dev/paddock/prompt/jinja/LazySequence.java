package dev.paddock.prompt.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A generator: goes through its items once, and begins when the first one is asked for. */
final class LazySequence implements Iterator<Object> {
    /** What keeps and changes the items. */
    record Step(Predicate<Object> keep, UnaryOperator<Object> change) {
        static Step keeping(Predicate<Object> keep) {
            return new Step(keep, UnaryOperator.identity());
        }

        static Step changing(UnaryOperator<Object> change) {
            return new Step(item -> true, change);
        }
    }

    private final Run run;
    private final Supplier<Iterator<?>> begin;
    private Iterator<?> items;
    private boolean found;
    private Object next;

    private LazySequence(Run run, Supplier<Iterator<?>> begin) {
        this.run = run;
        this.begin = begin;
    }

    /** The items of what is given when the first one is asked for. */
    static LazySequence of(Run run, Supplier<Iterator<?>> begin) {
        return new LazySequence(run, begin);
    }

    /** Items of a source, chosen and changed; input that is false, of whatever type, has none. */
    static LazySequence of(Run run, Object source, Supplier<Step> prepared) {
        return new LazySequence(run, () -> {
            if (!Values.truth(source)) return List.of().iterator();
            Step step = prepared.get();
            return new Chosen(run, Values.iterate(run, source), step);
        });
    }

    /** Items of another iterator, chosen and changed. */
    static Iterator<Object> chosen(Run run, Iterator<?> items, Step step) {
        return new Chosen(run, items, step);
    }

    @Override
    public boolean hasNext() {
        if (found) return true;
        run.nest();
        if (items == null) items = begin.get();
        found = items.hasNext();
        if (found) next = items.next();
        run.unnest();
        return found;
    }

    @Override
    public Object next() {
        if (!hasNext()) throw new NoSuchElementException();
        found = false;
        return next;
    }

    private static final class Chosen implements Iterator<Object> {
        private final Run run;
        private final Iterator<?> from;
        private final Step step;
        private boolean found;
        private Object next;

        Chosen(Run run, Iterator<?> from, Step step) {
            this.run = run;
            this.from = from;
            this.step = step;
        }

        @Override
        public boolean hasNext() {
            while (!found && from.hasNext()) {
                run.work(1);
                Object item = from.next();
                if (!step.keep().test(item)) continue;
                next = step.change().apply(item);
                found = true;
            }
            return found;
        }

        @Override
        public Object next() {
            if (!hasNext()) throw new NoSuchElementException();
            found = false;
            return next;
        }
    }
}
