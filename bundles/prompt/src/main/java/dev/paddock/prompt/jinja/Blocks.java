package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** The variable {@code self}: the template's blocks as functions. */
record Blocks(Map<String, List<Statement>> bodies, Scope top, Executor executor) implements Attributed {
    @Override
    public Object attribute(String name) {
        if (!bodies.containsKey(name)) return Undefined.MISSING;
        return (Function) (run, arguments) -> {
            run.call();
            int line = run.line();
            String text = executor.text(bodies.get(name), new Scope(top));
            run.at(line);
            run.leaveCall();
            return text;
        };
    }
}
