package dev.paddock.prompt.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The variable {@code loop}. It takes items only when they are asked for: a generator may depend on the rounds before. */
final class LoopContext implements Attributed, Function, Iterator<Object> {
    private static final Object NONE = new Object();

    private final Run run;
    private final int depth;
    private final Optional<Function> recursion;
    private Iterator<?> items;
    private long length;
    private long index = -1;
    private Object before = NONE;
    private Object current = NONE;
    private Object after = NONE;
    private List<Object> lastChanged;

    /**
     * A loop before its first round.
     *
     * @param length how many items there are; -1 = that is not known
     * @param depth loops of the same tag around it
     * @param recursion runs the loop's body again over other items; empty unless the loop is marked recursive
     */
    LoopContext(Run run, Iterator<?> items, long length, int depth, Optional<Function> recursion) {
        this.run = run;
        this.items = items;
        this.length = length;
        this.depth = depth;
        this.recursion = recursion;
    }

    @Override
    public boolean hasNext() {
        return peek() != NONE;
    }

    private Object peek() {
        if (after == NONE && items.hasNext()) after = items.next();
        return after;
    }

    @Override
    public Object next() {
        Object next = peek();
        if (next == NONE) throw new NoSuchElementException();
        after = NONE;
        index++;
        before = current;
        current = next;
        return next;
    }

    long length() {
        if (length < 0) {
            MadeList left = new MadeList();
            while (items.hasNext()) {
                left.add(items.next());
                run.grown(left.size());
            }
            items = left.iterator();
            length = left.size() + index + 1 + (after == NONE ? 0 : 1);
        }
        return length;
    }

    @Override
    public Object call(Run run, CallArguments arguments) {
        return recursion
                .orElseThrow(() ->
                        new TemplateException("The loop must have the 'recursive' marker to be called recursively."))
                .call(run, arguments);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1;
            case "index0" -> index;
            case "revindex" -> length() - index;
            case "revindex0" -> length() - index - 1;
            case "first" -> index == 0;
            case "last" -> peek() == NONE;
            case "length" -> length();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index > 0 ? before : Undefined.because("there is no previous item");
            case "nextitem" -> peek() != NONE ? after : Undefined.because("there is no next item");
            case "cycle" -> (Function) (r, arguments) -> cycle(arguments);
            case "changed" -> (Function) (r, arguments) -> changed(arguments);
            default -> Undefined.MISSING;
        };
    }

    private Object cycle(CallArguments arguments) {
        if (arguments.count() == 0) throw new TemplateException("no items for cycling given");
        return arguments.get((int) (index % arguments.count()));
    }

    private boolean changed(CallArguments arguments) {
        var values = new Tuple(arguments.positional());
        boolean changed = lastChanged == null || !Comparing.equal(run, lastChanged, values);
        lastChanged = values;
        return changed;
    }
}
