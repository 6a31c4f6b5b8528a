package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Optional;

/** The variable {@code loop}. */
final class LoopContext implements Attributed, Function {
    private final List<Object> items;
    private final int depth;
    private final Optional<Function> recursion;
    private int index;
    private List<Object> lastChanged;

    /**
     * A loop before its first round.
     *
     * @param depth loops of the same tag around it
     * @param recursion runs the loop's body again over other items; empty unless the loop is marked recursive
     */
    LoopContext(List<Object> items, int depth, Optional<Function> recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    List<Object> items() {
        return items;
    }

    void moveTo(int index) {
        this.index = index;
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
        int length = items.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) length - index;
            case "revindex0" -> length - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == length - 1;
            case "length" -> (long) length;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined("there is no previous item");
            case "nextitem" -> index < length - 1 ? items.get(index + 1) : new Undefined("there is no next item");
            case "cycle" -> (Function) (run, arguments) -> cycle(arguments);
            case "changed" -> (Function) (run, arguments) -> changed(arguments);
            default -> Undefined.MISSING;
        };
    }

    private Object cycle(CallArguments arguments) {
        arguments.first("cycle");
        return arguments.positional().get(index % arguments.count());
    }

    private boolean changed(CallArguments arguments) {
        boolean changed = lastChanged == null || !Comparing.equal(lastChanged, arguments.positional());
        lastChanged = arguments.positional();
        return changed;
    }
}
