package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import dev.paddock.prompt.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses expressions with the precedence of Jinja 3.1. */
final class ExpressionParser {
    private static final int MOST_NESTING = 100;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> AFTER_TEST = Set.of("else", "or", "and");

    private final TokenCursor cursor;
    private final UnknownUses unknown;
    private int nesting;
    private MacroUse macro = new MacroUse(Optional.empty());

    ExpressionParser(TokenCursor cursor, UnknownUses unknown) {
        this.cursor = cursor;
        this.unknown = unknown;
    }

    /** What notes names now. */
    MacroUse macro() {
        return macro;
    }

    /** Names are noted here from now on; gives what noted them before. */
    MacroUse enter(MacroUse use) {
        MacroUse outer = macro;
        macro = use;
        return outer;
    }

    /** An expression, or a tuple when commas follow. Without {@code conditional} an {@code if} ends it. */
    Expression tuple(boolean conditional) {
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        do {
            if (comma && tupleEnds()) break;
            items.add(conditional ? expression() : or());
            comma |= cursor.operator(",");
        } while (cursor.skipOperator(","));
        return comma ? new Expression.Sequence(items, true) : items.getFirst();
    }

    private boolean tupleEnds() {
        return cursor.is(Kind.PRINT_END)
                || cursor.is(Kind.TAG_END)
                || cursor.is(Kind.END)
                || cursor.operator(")")
                || cursor.name("in")
                || cursor.name("recursive");
    }

    Expression expression() {
        if (++nesting > MOST_NESTING) throw cursor.error("expression is nested too deeply");
        int known = unknown.count();
        Expression value = or();
        while (cursor.skipName("if")) {
            Expression test = or();
            Optional<Expression> otherwise = cursor.skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(test, value, otherwise);
            unknown.forgetBehind(known);
        }
        nesting--;
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (cursor.skipName("or")) left = new Expression.Or(left, and());
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (cursor.skipName("and")) left = new Expression.And(left, not());
        return left;
    }

    private Expression not() {
        if (!cursor.skipName("not")) return comparison();
        if (++nesting > MOST_NESTING) throw cursor.error("expression is nested too deeply");
        var negated = new Expression.Not(not());
        nesting--;
        return negated;
    }

    private Expression comparison() {
        List<Expression> operands = new ArrayList<>(List.of(sum()));
        List<String> operators = new ArrayList<>();
        while (true) {
            if (cursor.is(Kind.OPERATOR)
                    && COMPARISONS.contains(cursor.current().text())) {
                operators.add(cursor.next().text());
            } else if (cursor.skipName("in")) {
                operators.add("in");
            } else if (cursor.name("not") && cursor.following().name("in")) {
                cursor.next();
                cursor.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? operands.getFirst() : new Expression.Comparison(operands, operators);
            }
            operands.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (cursor.operator("+") || cursor.operator("-")) {
            left = new Expression.Arithmetic(cursor.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression first = product();
        if (!cursor.operator("~")) return first;
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (cursor.skipOperator("~")) parts.add(product());
        return new Expression.Concatenation(parts);
    }

    private Expression product() {
        Expression left = power();
        while (cursor.operator("*") || cursor.operator("/") || cursor.operator("//") || cursor.operator("%")) {
            left = new Expression.Arithmetic(cursor.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (cursor.skipOperator("**")) left = new Expression.Arithmetic("**", left, unary(true));
        return left;
    }

    private Expression unary(boolean withFilters) {
        if (++nesting > MOST_NESTING) throw cursor.error("expression is nested too deeply");
        Expression value;
        if (cursor.skipOperator("-")) value = new Expression.Signed(unary(false), true);
        else if (cursor.skipOperator("+")) value = new Expression.Signed(unary(false), false);
        else value = primary();
        value = postfix(value);
        nesting--;
        return withFilters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = cursor.current();
        switch (token.kind()) {
            case NAME -> {
                return name(cursor.next().text());
            }
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (cursor.is(Kind.STRING)) text.append(cursor.next().text());
                return new Expression.Constant(text.toString());
            }
            case NUMBER -> {
                return new Expression.Constant(cursor.next().value());
            }
            default -> {}
        }
        if (cursor.skipOperator("(")) return parenthesis();
        if (cursor.skipOperator("[")) return list();
        if (cursor.skipOperator("{")) return mapping();
        throw cursor.error("unexpected '" + token.describe() + "'");
    }

    private Expression name(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> new Expression.Constant(null);
            default -> {
                macro.named(name);
                yield new Expression.Name(name);
            }
        };
    }

    private Expression parenthesis() {
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        while (!cursor.operator(")")) {
            items.add(expression());
            if (!cursor.skipOperator(",")) break;
            comma = true;
        }
        cursor.expectOperator(")");
        return comma || items.isEmpty() ? new Expression.Sequence(items, true) : items.getFirst();
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!cursor.operator("]")) {
            if (!items.isEmpty()) cursor.expectOperator(",");
            if (cursor.operator("]")) break;
            items.add(expression());
        }
        cursor.expectOperator("]");
        return new Expression.Sequence(items, false);
    }

    private Expression mapping() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!cursor.operator("}")) {
            if (!keys.isEmpty()) cursor.expectOperator(",");
            if (cursor.operator("}")) break;
            keys.add(expression());
            cursor.expectOperator(":");
            values.add(expression());
        }
        cursor.expectOperator("}");
        return new Expression.Mapping(keys, values);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (cursor.skipOperator(".")) value = attribute(value);
            else if (cursor.skipOperator("[")) value = subscript(value);
            else if (cursor.operator("(")) value = new Expression.Call(value, arguments());
            else return value;
        }
    }

    private Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            if (cursor.skipOperator("|")) value = new Expression.Filtered(value, filter());
            else if (cursor.skipName("is")) value = test(value);
            else if (cursor.operator("(")) value = new Expression.Call(value, arguments());
            else return value;
        }
    }

    private Expression attribute(Expression object) {
        if (cursor.is(Kind.NAME))
            return new Expression.Attribute(object, cursor.next().text());
        if (cursor.current().value() instanceof Double) throw cursor.error("expected name or number");
        Object index = cursor.expect(Kind.NUMBER, "name or number").value();
        return new Expression.Item(object, new Expression.Constant(index));
    }

    private Expression subscript(Expression object) {
        List<Expression> keys = new ArrayList<>();
        Expression slice = null;
        while (!cursor.operator("]")) {
            if (!keys.isEmpty()) cursor.expectOperator(",");
            Optional<Expression> start = cursor.operator(":") ? Optional.empty() : Optional.of(expression());
            if (cursor.skipOperator(":")) {
                slice = slice(object, start);
                keys.add(slice);
            } else {
                keys.add(start.orElseThrow());
            }
        }
        cursor.next();
        if (keys.size() > 1) return new Expression.Item(object, new Expression.Sequence(keys, true));
        if (keys.isEmpty()) throw cursor.error("a subscript needs a key");
        return slice != null ? slice : new Expression.Item(object, keys.getFirst());
    }

    private Expression slice(Expression object, Optional<Expression> start) {
        Optional<Expression> stop = sliceEnds() || cursor.operator(":") ? Optional.empty() : Optional.of(expression());
        Optional<Expression> step = Optional.empty();
        if (cursor.skipOperator(":") && !sliceEnds()) step = Optional.of(expression());
        return new Expression.Slice(object, start, stop, step);
    }

    private boolean sliceEnds() {
        return cursor.operator("]") || cursor.operator(",");
    }

    Arguments arguments() {
        cursor.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Optional<Expression> spread = Optional.empty();
        Optional<Expression> spreadNamed = Optional.empty();
        boolean first = true;
        while (!cursor.operator(")")) {
            if (!first) cursor.expectOperator(",");
            if (cursor.operator(")")) break;
            first = false;
            if (cursor.skipOperator("*")) {
                require(spread.isEmpty() && spreadNamed.isEmpty());
                spread = Optional.of(expression());
            } else if (cursor.skipOperator("**")) {
                require(spreadNamed.isEmpty());
                spreadNamed = Optional.of(expression());
            } else if (cursor.is(Kind.NAME) && cursor.following().operator("=")) {
                require(spreadNamed.isEmpty()
                        && !named.containsKey(cursor.current().text()));
                String name = cursor.next().text();
                cursor.next();
                named.put(name, expression());
            } else {
                require(spread.isEmpty() && spreadNamed.isEmpty() && named.isEmpty());
                positional.add(expression());
            }
        }
        cursor.next();
        if (first) return Arguments.NONE;
        return new Arguments(positional, named, spread, spreadNamed);
    }

    private void require(boolean allowed) {
        if (!allowed) throw cursor.error("invalid syntax for function call expression");
    }

    /** A filter behind its bar. */
    FilterUse filter() {
        Place at = cursor.current().at();
        String name = dottedName();
        unknown.filter(name, at);
        return new FilterUse(name, cursor.operator("(") ? arguments() : Arguments.NONE);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(cursor.expectName());
        while (cursor.skipOperator(".")) name.append('.').append(cursor.expectName());
        return name.toString();
    }

    private Expression test(Expression input) {
        boolean negated = cursor.skipName("not");
        Place at = cursor.current().at();
        String name = dottedName();
        unknown.test(name, at);
        Arguments arguments = Arguments.NONE;
        if (cursor.operator("(")) {
            arguments = arguments();
        } else if (argumentFollows()) {
            if (cursor.name("is")) throw cursor.error("You cannot chain multiple tests with is");
            List<Expression> only = List.of(postfix(primary()));
            arguments = new Arguments(only, Map.of(), Optional.empty(), Optional.empty());
        }
        return new Expression.Tested(input, name, arguments, negated);
    }

    /** A test takes one argument without parentheses: {@code x is divisibleby 3}. */
    private boolean argumentFollows() {
        return switch (cursor.current().kind()) {
            case NAME -> !AFTER_TEST.contains(cursor.current().text());
            case STRING, NUMBER -> true;
            default -> cursor.operator("[") || cursor.operator("{");
        };
    }
}
