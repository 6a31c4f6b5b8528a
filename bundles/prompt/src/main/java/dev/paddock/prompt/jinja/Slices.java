package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** {@code object[start:stop:step]}. */
final class Slices {
    private Slices() {}

    /**
     * Which items a slice takes.
     *
     * @param start index of the first
     * @param stop the index that is not reached
     * @param step from one to the next, not zero
     */
    record Cut(int start, int stop, int step) {
        /** The cut of something so long; null stands for what was left out. */
        static Cut of(Object start, Object stop, Object step, int length) {
            int by = step == null ? 1 : Numbers.index(step, "slice step");
            if (by == 0) throw new TemplateException("slice step cannot be zero");
            int from = start == null ? (by > 0 ? 0 : length - 1) : bound(start, length, by);
            int to = stop == null ? (by > 0 ? length : -1) : bound(stop, length, by);
            return new Cut(from, to, by);
        }

        private static int bound(Object value, int length, int step) {
            long at = Numbers.index(value, "slice indices");
            if (at < 0) at += length;
            return step > 0 ? Math.clamp(at, 0, length) : Math.clamp(at, -1, length - 1);
        }

        int count() {
            return (int) new NumberRange(start, stop, step).length();
        }
    }

    /** The slice; null stands for what was left out. */
    static Object of(Run run, Object object, Object start, Object stop, Object step) {
        Undefined.require(object);
        if (object instanceof Map<?, ?>) throw new TemplateException("unhashable type: 'slice'");
        return switch (object) {
            case List<?> list -> list(run, list, Cut.of(start, stop, step, list.size()));
            case NumberRange range -> range.cut(Cut.of(start, stop, step, (int) range.length()));
            case String text -> text(run, text, start, stop, step);
            case Markup markup -> new Markup(text(run, markup.text(), start, stop, step));
            case null, default ->
                throw new TemplateException("'" + Values.typeName(object) + "' object is not subscriptable");
        };
    }

    private static Object list(Run run, List<?> list, Cut cut) {
        int count = run.items(cut.count());
        MadeList taken = new MadeList(count);
        for (int i = 0; i < count; i++) taken.add(list.get(cut.start() + i * cut.step()));
        return list instanceof Tuple ? new Tuple(taken) : taken;
    }

    static String text(Run run, String text, Object start, Object stop, Object step) {
        run.look(text.length());
        int length = text.codePointCount(0, text.length());
        Cut cut = Cut.of(start, stop, step, length);
        int count = run.text(cut.count());
        if (count == 0) return "";
        if (cut.step() == 1) {
            int from = text.offsetByCodePoints(0, cut.start());
            return text.substring(from, text.offsetByCodePoints(from, count));
        }
        StringBuilder taken = new StringBuilder(count);
        boolean small = length == text.length();
        if (!small) run.text(4L * length);
        int[] codePoints = small ? null : text.codePoints().toArray();
        for (int i = 0; i < count; i++) {
            int at = cut.start() + i * cut.step();
            if (small) taken.append(text.charAt(at));
            else taken.appendCodePoint(codePoints[at]);
        }
        return taken.toString();
    }
}
