package dev.paddock.prompt.jinja;

import java.util.AbstractList;
import java.util.List;

/** {@code range(start, stop, step)}; the step is not zero. */
record NumberRange(long start, long stop, long step) implements Attributed {
    private static final Signature ONE = Signature.of("this method(value/)");

    long length() {
        if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
        return start > stop ? (start - stop - 1) / -step + 1 : 0;
    }

    List<Object> list() {
        int size = (int) length();
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return start + step * index;
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** The range of the numbers that a cut takes. */
    NumberRange cut(Slices.Cut cut) {
        return new NumberRange(start + step * cut.start(), start + step * cut.stop(), step * cut.step());
    }

    /** Whether it has the same numbers. */
    boolean equalTo(NumberRange other) {
        return list().equals(other.list());
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "start" -> start;
            case "stop" -> stop;
            case "step" -> step;
            case "count", "index" ->
                (Function) (run, arguments) -> ListMethods.asking(name, list()).call(run, ONE.bound(arguments));
            default -> Undefined.MISSING;
        };
    }
}
