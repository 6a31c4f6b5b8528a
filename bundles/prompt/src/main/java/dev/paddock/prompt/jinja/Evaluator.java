package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Gives expressions their values. */
record Evaluator(Run run) {
    private static final int CALL_BYTES = 64;

    Object value(Expression expression, Scope scope) {
        // The commonest first, one by one: a switch over types takes longer with the server's quick compiler.
        if (expression instanceof Expression.Name name) return scope.get(name.name());
        if (expression instanceof Expression.Constant constant) return constant.value();
        run.nest();
        Object value = made(expression, scope);
        run.unnest();
        return value;
    }

    private Object made(Expression expression, Scope scope) {
        if (expression instanceof Expression.Attribute attribute) {
            return Access.attribute(run, value(attribute.object(), scope), attribute.name());
        }
        if (expression instanceof Expression.Item item) {
            return Access.item(run, value(item.object(), scope), value(item.key(), scope));
        }
        if (expression instanceof Expression.Comparison comparison) return comparison(comparison, scope);
        if (expression instanceof Expression.Not not) return !truth(not.operand(), scope);
        return rarer(expression, scope);
    }

    private Object rarer(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Call call -> call(value(call.function(), scope), arguments(call.arguments(), scope));
            case Expression.Filtered filtered -> filter(filtered.filter(), value(filtered.input(), scope), scope);
            case Expression.Tested tested -> tested(tested, scope);
            case Expression.And and -> {
                Object left = value(and.left(), scope);
                yield Values.truth(left) ? value(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Object left = value(or.left(), scope);
                yield Values.truth(left) ? left : value(or.right(), scope);
            }
            case Expression.Arithmetic arithmetic -> {
                Object left = value(arithmetic.left(), scope);
                yield Operators.apply(run, arithmetic.operator(), left, value(arithmetic.right(), scope));
            }
            case Expression.Signed signed -> Operators.signed(value(signed.operand(), scope), signed.negative());
            case Expression.Concatenation concatenation -> concatenation(concatenation, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Sequence sequence -> sequence(sequence, scope);
            case Expression.Mapping mapping -> mapping(mapping, scope);
            default -> throw new IllegalStateException("evaluated before: " + expression.getClass());
        };
    }

    boolean truth(Expression expression, Scope scope) {
        return Values.truth(value(expression, scope));
    }

    private Object sequence(Expression.Sequence sequence, Scope scope) {
        MadeList items = new MadeList(run.items(sequence.items().size()));
        for (var item : sequence.items()) items.add(value(item, scope));
        return sequence.tuple() ? new Tuple(items) : items;
    }

    private Object mapping(Expression.Mapping mapping, Scope scope) {
        MadeDict dict = new MadeDict();
        for (int i = 0; i < mapping.keys().size(); i++) {
            Object key = value(mapping.keys().get(i), scope);
            Dicts.put(run, dict, key, value(mapping.values().get(i), scope));
        }
        return dict;
    }

    private Object slice(Expression.Slice slice, Scope scope) {
        Object object = value(slice.object(), scope);
        Object start = optional(slice.start(), scope);
        Object stop = optional(slice.stop(), scope);
        return Slices.of(run, object, start, stop, optional(slice.step(), scope));
    }

    private Object optional(Optional<Expression> expression, Scope scope) {
        return expression.isEmpty() ? null : value(expression.get(), scope);
    }

    CallArguments arguments(Arguments written, Scope scope) {
        if (written == Arguments.NONE) return CallArguments.NONE;
        MadeList positional = new MadeList(written.positional().size());
        for (var argument : written.positional()) positional.add(value(argument, scope));
        if (written.spread().isPresent()) {
            positional.addAll(Values.list(run, value(written.spread().get(), scope)));
        }
        if (written.named().isEmpty() && written.spreadNamed().isEmpty()) {
            return new CallArguments(positional, Map.of());
        }
        Map<String, Object> named = new LinkedHashMap<>();
        written.named().forEach((name, argument) -> named.put(name, value(argument, scope)));
        if (written.spreadNamed().isPresent())
            spread(value(written.spreadNamed().get(), scope), named);
        return new CallArguments(positional, named);
    }

    private void spread(Object mapping, Map<String, Object> named) {
        if (!(mapping instanceof Map<?, ?> more)) throw new TemplateException("argument after ** must be a mapping");
        run.items(more.size());
        more.forEach((name, value) -> {
            String text = Text.require(name, "keyword");
            if (named.containsKey(text)) {
                throw new TemplateException(
                        "got multiple values for keyword argument '" + Printing.shortened(text) + "'");
            }
            named.put(text, value);
        });
    }

    Object call(Object function, CallArguments arguments) {
        run.work(1);
        run.memory(CALL_BYTES);
        Undefined.require(function);
        if (function instanceof Function callable) return callable.call(run, arguments);
        throw new TemplateException("'" + Values.typeName(function) + "' object is not callable");
    }

    Object filter(FilterUse filter, Object input, Scope scope) {
        return Filters.apply(run, filter.name(), input, arguments(filter.arguments(), scope));
    }

    private boolean tested(Expression.Tested tested, Scope scope) {
        Object input = value(tested.input(), scope);
        return Checks.test(run, tested.test(), input, arguments(tested.arguments(), scope)) != tested.negated();
    }

    private String concatenation(Expression.Concatenation concatenation, Scope scope) {
        var parts = concatenation.parts();
        String[] texts = new String[parts.size()];
        long length = 0;
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Printing.text(run, value(parts.get(i), scope));
            length += texts[i].length();
        }
        run.text(length);
        // Some templates gather the whole prompt in a variable: this copies it once.
        return String.join("", texts);
    }

    private boolean comparison(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.operands().getFirst(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Object right = value(comparison.operands().get(i + 1), scope);
            if (!Comparing.compare(run, comparison.operators().get(i), left, right)) return false;
            left = right;
        }
        return true;
    }

    private Object conditional(Expression.Conditional conditional, Scope scope) {
        if (truth(conditional.test(), scope)) return value(conditional.value(), scope);
        if (conditional.otherwise().isPresent())
            return value(conditional.otherwise().get(), scope);
        return Undefined.because("the inline if-expression evaluated to false and no else section was defined.");
    }
}
