package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs statements. */
record Executor(Run run, Evaluator evaluator) {
    /** What a scope with some variables and a loop around it take. */
    static final int SCOPE_BYTES = 500;

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
        int size = statements.size();
        if (size == 0) return Flow.NEXT;
        run.nest();
        Flow flow = Flow.NEXT;
        for (int i = 0; i < size && flow == Flow.NEXT; i++) flow = one(statements.get(i), scope, out);
        run.unnest();
        return flow;
    }

    /** The text a body gives in a scope of its own. */
    String text(List<Statement> body, Scope scope) {
        StringBuilder out = new StringBuilder();
        all(body, scope, out);
        return out.toString();
    }

    private Flow escaped(Statement.Escaping escaping, Scope scope, StringBuilder out) {
        if (evaluator.truth(escaping.flag(), scope)) {
            throw new TemplateException("'autoescape' is not available: a prompt is no HTML");
        }
        return all(escaping.body(), new Scope(scope), out);
    }

    private Flow one(Statement statement, Scope scope, StringBuilder out) {
        run.at(statement.line());
        // The commonest first: see Evaluator.
        if (statement instanceof Statement.If choice) return all(chosen(choice, scope), scope, out);
        if (statement instanceof Statement.Set set) {
            assign(scope, set.target(), evaluator.value(set.value(), scope));
            return Flow.NEXT;
        }
        return rarer(statement, scope, out);
    }

    private Flow rarer(Statement statement, Scope scope, StringBuilder out) {
        switch (statement) {
            case Statement.Data data -> run.append(out, data.text());
            case Statement.Print print -> run.append(out, Printing.text(run, evaluator.value(print.value(), scope)));
            case Statement.For loop ->
                new LoopRun(this, loop, scope, 0).over(evaluator.value(loop.items(), scope), out);
            case Statement.SetBlock set ->
                assign(scope, set.target(), piped(set.filters(), text(set.body(), new Scope(scope)), scope));
            case Statement.FilterBlock block ->
                write(out, piped(block.filters(), text(block.body(), new Scope(scope)), scope));
            case Statement.Scoped scoped -> {
                return all(scoped.body(), inner(scoped, scope), out);
            }
            case Statement.Block block -> {
                return all(block.body(), new Scope(block.scoped() ? scope : scope.top()), out);
            }
            case Statement.Escaping escaping -> {
                return escaped(escaping, scope, out);
            }
            case Statement.Macro macro -> scope.set(macro.name(), kept(macro, scope));
            case Statement.CallBlock block -> write(out, called(block, scope));
            case Statement.Break stop -> {
                return Flow.BREAK;
            }
            case Statement.Continue skip -> {
                return Flow.CONTINUE;
            }
            case Statement.Loading loading ->
                throw new TemplateException(
                        "'" + loading.tag() + "' is not available: templates cannot load other templates");
            default -> throw new IllegalStateException("run before: " + statement.getClass());
        }
        return Flow.NEXT;
    }

    /** Filters and calls whose result is written must give text. */
    private void write(StringBuilder out, Object result) {
        run.append(out, Text.require(result, "what is written"));
    }

    /** A macro keeps all variables around it. */
    private Macro kept(Statement.Macro macro, Scope scope) {
        run.memory(SCOPE_BYTES);
        return new Macro(macro, scope, this);
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

    void assign(Scope scope, Expression target, Object value) {
        if (target instanceof Expression.Name name) {
            scope.set(name.name(), value);
            return;
        }
        switch (target) {
            case Expression.Attribute(Expression.Name owner, String name) -> {
                if (!(scope.get(owner.name()) instanceof Namespace namespace)) {
                    throw new TemplateException("cannot assign attribute on non-namespace object");
                }
                Dicts.put(run, namespace.values(), name, value);
            }
            case Expression.Sequence names -> unpack(scope, names.items(), value);
            default -> throw new TemplateException("can't assign to this expression");
        }
    }

    private void unpack(Scope scope, List<Expression> names, Object value) {
        if (value instanceof Undefined undefined && !names.isEmpty()) {
            throw new TemplateException("not enough values to unpack: " + undefined.why());
        }
        List<Object> values = Values.list(run, value);
        int expected = names.size();
        if (values.size() != expected) {
            throw new TemplateException((values.size() < expected ? "not enough" : "too many")
                    + " values to unpack (expected " + expected + ")");
        }
        for (int i = 0; i < expected; i++) assign(scope, names.get(i), values.get(i));
    }

    private Object piped(List<FilterUse> filters, Object input, Scope scope) {
        Object value = input;
        for (var filter : filters) value = evaluator.filter(filter, value, scope);
        return value;
    }

    private Object called(Statement.CallBlock block, Scope scope) {
        Object function = evaluator.value(block.call().function(), scope);
        var arguments = evaluator.arguments(block.call().arguments(), scope);
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        named.put("caller", kept(block.caller(), scope));
        return evaluator.call(function, new CallArguments(arguments.positional(), named));
    }
}
