package dev.paddock.prompt.jinja;

import java.util.Optional;

/**
 * Runs a loop.
 *
 * @param executor runs its body
 * @param loop what is run
 * @param scope around it
 * @param depth how often it has called itself
 */
record LoopRun(Executor executor, Statement.For loop, Scope scope, int depth) {
    private static final Signature LOOP = Signature.of("loop(iterable)");

    /** Runs the body for each item of a value. */
    void over(Object source, StringBuilder out) {
        Run run = executor.run();
        run.memory(Executor.SCOPE_BYTES);
        var context = context(run, source);
        boolean anyWhole = false;
        while (context.hasNext()) {
            run.work(1);
            Object item = context.next();
            Scope round = new Scope(scope);
            round.set("loop", context);
            executor.assign(round, loop.target(), item);
            var flow = executor.all(loop.body(), round, out);
            anyWhole |= flow == Executor.Flow.NEXT;
            if (flow == Executor.Flow.BREAK) break;
            run.at(loop.line());
        }
        // As in Jinja: also when no round came to its end.
        if (!anyWhole) executor.all(loop.otherwise(), new Scope(scope), out);
    }

    private LoopContext context(Run run, Object source) {
        var items = Values.iterate(run, source);
        boolean lengthKnown = !(source instanceof LazySequence) && !(source instanceof LoopContext);
        long length = lengthKnown && loop.test().isEmpty() ? Values.length(source) : -1;
        if (loop.test().isPresent()) {
            var test = loop.test().get();
            items = LazySequence.chosen(run, items, step(run, test));
        }
        Optional<Function> recursion = loop.recursive() ? Optional.of(this::again) : Optional.empty();
        return new LoopContext(run, items, length, depth, recursion);
    }

    /** Items for which the loop's test holds; what is taken apart on the way comes as a tuple. */
    private LazySequence.Step step(Run run, Expression test) {
        boolean unpacks = loop.target() instanceof Expression.Sequence;
        return new LazySequence.Step(
                item -> {
                    Scope candidate = new Scope(scope);
                    executor.assign(candidate, loop.target(), item);
                    return executor.evaluator().truth(test, candidate);
                },
                item -> unpacks ? new Tuple(Values.list(run, item)) : item);
    }

    private Object again(Run run, CallArguments arguments) {
        StringBuilder out = new StringBuilder();
        run.call();
        int line = run.line();
        new LoopRun(executor, loop, scope, depth + 1).over(LOOP.bound(arguments).get(0), out);
        run.at(line);
        run.leaveCall();
        return out.toString();
    }
}
