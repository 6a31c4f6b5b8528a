package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs statements. */
record Executor(Run run, Evaluator evaluator) {
    /** How things go on behind a statement. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Executor(Run run) {
        this(run, new Evaluator(run));
    }

    Flow all(List<Statement> statements, Scope scope, StringBuilder out) {
        for (var statement : statements) {
            Flow flow = one(statement, scope, out);
            if (flow != Flow.NEXT) return flow;
        }
        return Flow.NEXT;
    }

    /** The text a body gives in a scope of its own. */
    String text(List<Statement> body, Scope scope) {
        StringBuilder out = new StringBuilder();
        all(body, scope, out);
        return out.toString();
    }

    private Flow one(Statement statement, Scope scope, StringBuilder out) {
        run.at(statement.line());
        switch (statement) {
            case Statement.Data data -> run.append(out, data.text());
            case Statement.Print print -> run.append(out, Printing.text(evaluator.value(print.value(), scope)));
            case Statement.If choice -> {
                return all(chosen(choice, scope), scope, out);
            }
            case Statement.For loop -> loop(loop, scope, out, evaluator.value(loop.items(), scope), 0);
            case Statement.Set set -> assign(scope, set.target(), evaluator.value(set.value(), scope));
            case Statement.SetBlock set ->
                assign(scope, set.target(), piped(set.filters(), text(set.body(), new Scope(scope)), scope));
            case Statement.FilterBlock block -> {
                Object filtered = piped(block.filters(), text(block.body(), new Scope(scope)), scope);
                run.append(out, Printing.text(filtered));
            }
            case Statement.Scoped scoped -> {
                return all(scoped.body(), inner(scoped, scope), out);
            }
            case Statement.Macro macro -> scope.set(macro.name(), new Macro(macro, scope, this));
            case Statement.CallBlock block -> callBlock(block, scope, out);
            case Statement.Break stop -> {
                return Flow.BREAK;
            }
            case Statement.Continue skip -> {
                return Flow.CONTINUE;
            }
            case Statement.Loading loading ->
                throw new TemplateException(
                        "'" + loading.tag() + "' is not available: templates cannot load other templates");
        }
        return Flow.NEXT;
    }

    private List<Statement> chosen(Statement.If choice, Scope scope) {
        for (int i = 0; i < choice.tests().size(); i++) {
            if (evaluator.truth(choice.tests().get(i), scope))
                return choice.bodies().get(i);
        }
        return choice.otherwise();
    }

    private Scope inner(Statement.Scoped scoped, Scope scope) {
        Scope inner = new Scope(scope);
        for (int i = 0; i < scoped.targets().size(); i++) {
            assign(
                    inner,
                    scoped.targets().get(i),
                    evaluator.value(scoped.values().get(i), scope));
        }
        return inner;
    }

    private void loop(Statement.For loop, Scope scope, StringBuilder out, Object source, int depth) {
        List<Object> items = matching(loop, scope, source);
        if (items.isEmpty()) {
            all(loop.otherwise(), new Scope(scope), out);
            return;
        }
        Optional<Function> recursion = Optional.empty();
        if (loop.recursive()) {
            recursion = Optional.of((run, arguments) -> again(loop, scope, arguments.first("loop"), depth + 1));
        }
        var context = new LoopContext(items, depth, recursion);
        for (int i = 0; i < items.size(); i++) {
            run.work(1);
            context.moveTo(i);
            Scope round = new Scope(scope);
            round.set("loop", context);
            assign(round, loop.target(), items.get(i));
            if (all(loop.body(), round, out) == Flow.BREAK) break;
        }
    }

    private List<Object> matching(Statement.For loop, Scope scope, Object source) {
        List<Object> items = Values.list(source);
        if (loop.test().isEmpty()) return items;
        items.removeIf(item -> {
            run.work(1);
            Scope candidate = new Scope(scope);
            assign(candidate, loop.target(), item);
            return !evaluator.truth(loop.test().get(), candidate);
        });
        return items;
    }

    private String again(Statement.For loop, Scope scope, Object source, int depth) {
        StringBuilder out = new StringBuilder();
        run.enter();
        loop(loop, scope, out, source, depth);
        run.leave();
        return out.toString();
    }

    private void assign(Scope scope, Expression target, Object value) {
        switch (target) {
            case Expression.Name name -> scope.set(name.name(), value);
            case Expression.Attribute(Expression.Name owner, String name) -> {
                if (!(scope.get(owner.name()) instanceof Namespace namespace)) {
                    throw new TemplateException("cannot assign attribute on non-namespace object");
                }
                namespace.values().put(name, value);
            }
            case Expression.Sequence names -> {
                List<Object> values = Values.list(value);
                int expected = names.items().size();
                if (values.size() != expected) {
                    throw new TemplateException((values.size() < expected ? "not enough" : "too many")
                            + " values to unpack (expected " + expected + ")");
                }
                for (int i = 0; i < expected; i++) assign(scope, names.items().get(i), values.get(i));
            }
            default -> throw new TemplateException("can't assign to this expression");
        }
    }

    private Object piped(List<FilterUse> filters, Object input, Scope scope) {
        Object value = input;
        for (var filter : filters) value = evaluator.filter(filter, value, scope);
        return value;
    }

    private void callBlock(Statement.CallBlock block, Scope scope, StringBuilder out) {
        Object function = evaluator.value(block.call().function(), scope);
        var arguments = evaluator.arguments(block.call().arguments(), scope);
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        named.put("caller", new Macro(block.caller(), scope, this));
        Object result = evaluator.call(function, new CallArguments(arguments.positional(), named));
        run.append(out, Printing.text(result));
    }
}
