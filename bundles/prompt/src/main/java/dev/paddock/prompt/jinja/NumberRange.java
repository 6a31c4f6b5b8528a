package dev.paddock.prompt.jinja;

import java.util.AbstractList;
import java.util.List;

/** {@code range(start, stop, step)}; the step is not zero. */
record NumberRange(long start, long stop, long step) {
    long length() {
        if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
        return start > stop ? (start - stop - 1) / -step + 1 : 0;
    }

    List<Object> list() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return start + step * index;
            }

            @Override
            public int size() {
                return (int) length();
            }
        };
    }
}
