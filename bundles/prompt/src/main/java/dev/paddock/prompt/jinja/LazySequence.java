package dev.paddock.prompt.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A generator: goes through its items once. */
record LazySequence(Iterator<?> items) {
    /** The items that pass a test, changed by a function; each is asked for only when its turn comes. */
    static LazySequence of(Iterable<?> source, Predicate<Object> keep, UnaryOperator<Object> change) {
        Iterator<?> from = source.iterator();
        return new LazySequence(new Iterator<Object>() {
            private boolean found;
            private Object next;

            @Override
            public boolean hasNext() {
                while (!found && from.hasNext()) {
                    Object item = from.next();
                    if (!keep.test(item)) continue;
                    next = change.apply(item);
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
        });
    }
}
