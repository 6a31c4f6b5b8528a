package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for the names in a template, in the order in which it runs. Bodies of macros come last: they see what is set
 * behind them. One thread.
 */
final class NameSearch {
    /** Given to every loop and macro. */
    private static final Set<String> GIVEN = Set.of("loop", "caller", "varargs", "kwargs", "self");

    /** Names that are set here; what is not here may be set outside. */
    private record Known(Set<String> names, Optional<Known> outer) {
        static Known within(Known outer) {
            return new Known(new HashSet<>(), Optional.of(outer));
        }

        boolean has(String name) {
            return names.contains(name) || outer.map(known -> known.has(name)).orElse(false);
        }
    }

    private record Postponed(Statement.Macro macro, Known known) {}

    private final Set<String> variables = new TreeSet<>();
    private final Set<String> fields = new TreeSet<>();
    private final List<Postponed> macros = new ArrayList<>();

    private NameSearch() {}

    static TemplateNames in(List<Statement> body) {
        var search = new NameSearch();
        search.all(body, new Known(new HashSet<>(), Optional.empty()));
        // Macros hold macros: the list grows.
        for (int i = 0; i < search.macros.size(); i++) search.macro(search.macros.get(i));
        return new TemplateNames(search.variables, search.fields);
    }

    private void all(List<Statement> statements, Known known) {
        for (var statement : statements) one(statement, known);
    }

    private void one(Statement statement, Known known) {
        switch (statement) {
            case Statement.Print print -> value(print.value(), known);
            case Statement.If choice -> {
                choice.tests().forEach(test -> value(test, known));
                choice.bodies().forEach(body -> all(body, known));
                all(choice.otherwise(), known);
            }
            case Statement.For loop -> {
                value(loop.items(), known);
                Known round = Known.within(known);
                target(loop.target(), round);
                loop.test().ifPresent(test -> value(test, round));
                all(loop.body(), round);
                all(loop.otherwise(), Known.within(known));
            }
            case Statement.Set set -> {
                value(set.value(), known);
                target(set.target(), known);
            }
            case Statement.Macro macro -> postpone(macro, known);
            case Statement.CallBlock block -> {
                value(block.call(), known);
                macros.add(new Postponed(block.caller(), known));
            }
            default -> block(statement, known);
        }
    }

    private void block(Statement statement, Known known) {
        switch (statement) {
            case Statement.SetBlock set -> {
                filters(set.filters(), known);
                all(set.body(), Known.within(known));
                target(set.target(), known);
            }
            case Statement.FilterBlock block -> {
                filters(block.filters(), known);
                all(block.body(), Known.within(known));
            }
            case Statement.Scoped scoped -> {
                scoped.values().forEach(value -> value(value, known));
                Known inner = Known.within(known);
                scoped.targets().forEach(target -> target(target, inner));
                all(scoped.body(), inner);
            }
            case Statement.Block block -> all(block.body(), Known.within(known));
            case Statement.Escaping escaping -> {
                value(escaping.flag(), known);
                all(escaping.body(), Known.within(known));
            }
            default -> {}
        }
    }

    private void postpone(Statement.Macro macro, Known known) {
        known.names().add(macro.name());
        macros.add(new Postponed(macro, known));
    }

    private void macro(Postponed postponed) {
        Known inside = Known.within(postponed.known());
        postponed.macro().defaults().forEach(value -> value(value, postponed.known()));
        inside.names().addAll(postponed.macro().parameters());
        all(postponed.macro().body(), inside);
    }

    private void target(Expression target, Known known) {
        switch (target) {
            case Expression.Name name -> known.names().add(name.name());
            case Expression.Sequence names -> names.items().forEach(name -> target(name, known));
            case Expression.Attribute attribute -> value(attribute.object(), known);
            default -> {}
        }
    }

    private void filters(List<FilterUse> filters, Known known) {
        filters.forEach(filter -> arguments(filter.arguments(), known));
    }

    private void arguments(Arguments arguments, Known known) {
        values(arguments.positional(), known);
        arguments.named().values().forEach(value -> value(value, known));
        arguments.spread().ifPresent(value -> value(value, known));
        arguments.spreadNamed().ifPresent(value -> value(value, known));
    }

    private void values(List<Expression> values, Known known) {
        values.forEach(value -> value(value, known));
    }

    private void name(String name, Known known) {
        if (!known.has(name) && !GIVEN.contains(name) && !Globals.has(name)) variables.add(name);
    }

    /** What is looked up and then called is a method of the language, mostly; {@code get} looks for its argument. */
    private void call(Expression.Call call, Known known) {
        if (call.function() instanceof Expression.Attribute method) {
            value(method.object(), known);
            if (method.name().equals("get") && !call.arguments().positional().isEmpty()) {
                key(call.arguments().positional().getFirst());
            }
        } else value(call.function(), known);
        arguments(call.arguments(), known);
    }

    private void key(Expression key) {
        if (key instanceof Expression.Constant constant && constant.value() instanceof String name) fields.add(name);
    }

    private void value(Expression expression, Known known) {
        switch (expression) {
            case Expression.Constant constant -> {}
            case Expression.Name name -> name(name.name(), known);
            case Expression.Sequence sequence -> values(sequence.items(), known);
            case Expression.Mapping mapping -> {
                values(mapping.keys(), known);
                values(mapping.values(), known);
            }
            case Expression.Attribute attribute -> {
                fields.add(attribute.name());
                value(attribute.object(), known);
            }
            case Expression.Item item -> {
                key(item.key());
                value(item.object(), known);
                value(item.key(), known);
            }
            case Expression.Slice slice -> {
                value(slice.object(), known);
                slice.start().ifPresent(start -> value(start, known));
                slice.stop().ifPresent(stop -> value(stop, known));
                slice.step().ifPresent(step -> value(step, known));
            }
            case Expression.Call call -> call(call, known);
            default -> operation(expression, known);
        }
    }

    private void operation(Expression expression, Known known) {
        switch (expression) {
            case Expression.Filtered filtered -> {
                value(filtered.input(), known);
                arguments(filtered.filter().arguments(), known);
            }
            case Expression.Tested tested -> {
                value(tested.input(), known);
                arguments(tested.arguments(), known);
            }
            case Expression.Not not -> value(not.operand(), known);
            case Expression.Signed signed -> value(signed.operand(), known);
            case Expression.And and -> values(List.of(and.left(), and.right()), known);
            case Expression.Or or -> values(List.of(or.left(), or.right()), known);
            case Expression.Arithmetic sum -> values(List.of(sum.left(), sum.right()), known);
            case Expression.Concatenation parts -> values(parts.parts(), known);
            case Expression.Comparison comparison -> values(comparison.operands(), known);
            case Expression.Conditional choice -> {
                value(choice.test(), known);
                value(choice.value(), known);
                choice.otherwise().ifPresent(otherwise -> value(otherwise, known));
            }
            default -> {}
        }
    }
}
