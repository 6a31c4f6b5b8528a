package dev.paddock.prompt.go;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Runs nodes.
 *
 * @param out where text goes
 */
record Executor(Tree tree, Evaluator evaluator, Run run, Variables variables, StringBuilder out) {
    /** How things go on behind a node. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Executor(Tree tree, Map<String, Function> functions, Run run, Object data, StringBuilder out) {
        var variables = new Variables(data);
        this(tree, new Evaluator(functions, run, variables), run, variables, out);
    }

    void all(List<Node> nodes, Object dot) {
        list(nodes, dot);
    }

    private Flow list(List<Node> nodes, Object dot) {
        run.enter();
        for (var node : nodes) {
            run.work(1);
            run.at(node.at());
            Flow flow = one(node, dot);
            if (flow != Flow.NEXT) {
                run.leave();
                return flow;
            }
        }
        run.leave();
        return Flow.NEXT;
    }

    private Flow one(Node node, Object dot) {
        switch (node) {
            case Node.Text text -> run.append(out, text.text());
            case Node.Action action -> {
                Object value = evaluator.pipe(action.pipe(), dot);
                if (action.pipe().variables().isEmpty()) run.append(out, Printing.shown(value, run));
            }
            case Node.Branch branch -> {
                return branch(branch, dot);
            }
            case Node.Call call -> call(call, dot);
            case Node.Break stop -> {
                return Flow.BREAK;
            }
            case Node.Continue skip -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NEXT;
    }

    private Flow branch(Node.Branch branch, Object dot) {
        int mark = variables.mark();
        Flow flow;
        if (branch.kind() == Node.Kind.RANGE) flow = range(branch, dot);
        else {
            Object value = evaluator.pipe(branch.pipe(), dot);
            if (Values.truth(value)) flow = list(branch.body(), branch.kind() == Node.Kind.WITH ? value : dot);
            else flow = list(branch.otherwise(), dot);
        }
        variables.backTo(mark);
        return flow;
    }

    private Flow range(Node.Branch branch, Object dot) {
        Pipe pipe = branch.pipe();
        Object value = evaluator.value(pipe, dot);
        if (!pipe.assigns()) pipe.variables().forEach(name -> variables.add(name, value));
        var rounds = rounds(value, pipe);
        if (!rounds.hasNext()) return list(branch.otherwise(), dot);
        int mark = variables.mark();
        while (rounds.hasNext()) {
            run.work(1);
            Round round = rounds.next();
            begin(pipe.variables(), round);
            Flow flow = list(branch.body(), round.value());
            variables.backTo(mark);
            if (flow == Flow.BREAK) break;
        }
        return Flow.NEXT;
    }

    private record Round(Object key, Object value) {}

    private Iterator<Round> rounds(Object value, Pipe pipe) {
        return switch (value) {
            case null -> List.<Round>of().iterator();
            case List<?> list -> new Counting(list.size(), list);
            case Map<?, ?> map ->
                Values.sorted(map, run).entrySet().stream()
                        .map(entry -> new Round(entry.getKey(), entry.getValue()))
                        .iterator();
            case Number number
            when Values.isInteger(number) -> {
                if (pipe.variables().size() > 1) {
                    throw new GoTemplateException("can't use " + number + " to iterate over more than one variable");
                }
                yield new Counting(number.longValue(), null);
            }
            default -> throw new GoTemplateException("range can't iterate over a " + Values.typeName(value));
        };
    }

    /** Counts up to an end; gives the items of a list, or the numbers when there is none. */
    private static final class Counting implements Iterator<Round> {
        private final long end;
        private final List<?> items;
        private long next;

        Counting(long end, List<?> items) {
            this.end = end;
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Round next() {
            long index = next++;
            return new Round(index, items == null ? (Object) index : items.get((int) index));
        }
    }

    /** A single variable is the value, of two the first is the key. */
    private void begin(List<String> names, Round round) {
        if (names.size() == 1) variables.set(names.getFirst(), round.value());
        if (names.size() == 2) {
            variables.set(names.getFirst(), round.key());
            variables.set(names.getLast(), round.value());
        }
    }

    /** A template of its own sees no variables from outside. */
    private void call(Node.Call call, Object dot) {
        List<Node> body = tree.templates().get(call.name());
        if (body == null) throw new GoTemplateException("template \"" + call.name() + "\" not defined");
        Object data = call.pipe().map(pipe -> evaluator.pipe(pipe, dot)).orElse(null);
        var inner = new Variables(data);
        new Executor(tree, evaluator.with(inner), run, inner, out).all(body, data);
    }
}
