package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import dev.paddock.prompt.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses a whole template. */
final class StatementParser {
    private static final int MOST_NESTING = 100;
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    private final TokenCursor cursor;
    private final UnknownUses unknown = new UnknownUses();
    private final ExpressionParser expressions;
    private final Map<String, List<Statement>> blocks = new LinkedHashMap<>();
    private int loops;
    private int nesting;

    private StatementParser(String source) {
        this.cursor = new TokenCursor(Lexer.read(source));
        this.expressions = new ExpressionParser(cursor, unknown);
    }

    /**
     * A parsed template.
     *
     * @param body what is done
     * @param blocks bodies of its blocks by name
     */
    record Parsed(List<Statement> body, Map<String, List<Statement>> blocks) {}

    static Parsed parse(String source) {
        var parser = new StatementParser(source);
        var body = parser.body(List.of());
        parser.unknown.check();
        return new Parsed(body, parser.blocks);
    }

    /** Statements up to a tag of one of these names, which is then the current token. */
    private List<Statement> body(List<String> ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = cursor.current();
            switch (token.kind()) {
                case END -> {
                    if (ends.isEmpty()) return statements;
                    throw cursor.error("Unexpected end of template. Jinja was looking for " + ends);
                }
                case DATA -> statements.add(new Statement.Data(cursor.next().text(), token.line()));
                case PRINT_BEGIN -> {
                    cursor.next();
                    statements.add(new Statement.Print(expressions.tuple(true), token.line()));
                    cursor.expect(Kind.PRINT_END, "end of print statement");
                }
                case TAG_BEGIN -> {
                    cursor.next();
                    if (!cursor.is(Kind.NAME)) throw cursor.error("tag name expected");
                    if (ends.contains(cursor.current().text())) return statements;
                    statements.add(statement());
                    cursor.expect(Kind.TAG_END, "end of statement block");
                }
                default -> throw cursor.error("unexpected '" + token.describe() + "'");
            }
        }
    }

    /** The body of a block tag, from the end of that tag to the name of the tag that ends it. */
    private List<Statement> bodyUntil(String... ends) {
        cursor.skipOperator(":");
        cursor.expect(Kind.TAG_END, "end of statement block");
        if (++nesting > MOST_NESTING) throw cursor.error("statements are nested too deeply");
        var body = body(List.of(ends));
        nesting--;
        return body;
    }

    private List<Statement> wholeBody(String end) {
        var body = bodyUntil(end);
        cursor.next();
        return body;
    }

    /** A body with a scope of its own: Jinja takes it for no part of a condition around it. */
    private List<Statement> innerBody(String end) {
        boolean outer = unknown.conditional(false);
        var body = wholeBody(end);
        unknown.conditional(outer);
        return body;
    }

    private Statement statement() {
        Token tag = cursor.next();
        int line = tag.line();
        return switch (tag.text()) {
            case "if" -> ifStatement(line);
            case "for" -> forStatement(line);
            case "set" -> setStatement(line);
            case "macro" -> macroStatement(line);
            case "call" -> callStatement(line);
            case "filter" -> filterStatement(line);
            case "with" -> withStatement(line);
            case "block" -> blockStatement(line);
            case "generation" -> new Statement.Scoped(List.of(), List.of(), innerBody("endgeneration"), line);
            case "autoescape" -> new Statement.Escaping(expressions.expression(), innerBody("endautoescape"), line);
            case "print" -> new Statement.Print(expressions.tuple(true), line);
            case "break" -> new Statement.Break(inLoop(tag));
            case "continue" -> new Statement.Continue(inLoop(tag));
            case "include", "import", "from", "extends" -> {
                while (!cursor.is(Kind.TAG_END) && !cursor.is(Kind.END)) cursor.next();
                yield new Statement.Loading(tag.text(), line);
            }
            default -> throw new TemplateException.Syntax("Encountered unknown tag '" + tag.text() + "'.", tag.at());
        };
    }

    private int inLoop(Token tag) {
        if (loops == 0) throw cursor.error("'" + tag.text() + "' outside loop");
        return tag.line();
    }

    private Statement ifStatement(int line) {
        List<Expression> tests = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        boolean outer = unknown.conditional(true);
        do {
            tests.add(expressions.tuple(false));
            bodies.add(bodyUntil("elif", "else", "endif"));
        } while (cursor.skipName("elif"));
        List<Statement> otherwise = cursor.next().name("else") ? wholeBody("endif") : List.of();
        unknown.conditional(outer);
        return new Statement.If(tests, bodies, otherwise, line);
    }

    private Statement forStatement(int line) {
        Expression target = target(true, false);
        if (!cursor.skipName("in")) {
            throw cursor.error("expected token 'in', got '" + cursor.current().describe() + "'");
        }
        Expression items = expressions.tuple(false);
        boolean outer = unknown.conditional(false);
        Optional<Expression> test = cursor.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = cursor.skipName("recursive");
        loops++;
        var body = bodyUntil("endfor", "else");
        loops--;
        List<Statement> otherwise = cursor.next().name("else") ? wholeBody("endfor") : List.of();
        unknown.conditional(outer);
        return new Statement.For(target, items, test, body, otherwise, recursive, line);
    }

    /** What is assigned to: a name or, with {@code unpacking}, names with commas between; attributes of namespaces too. */
    private Expression target(boolean unpacking, boolean attributes) {
        List<Expression> names = new ArrayList<>();
        boolean tuple = false;
        do {
            if (tuple && !targetFollows()) break;
            if (cursor.skipOperator("(")) {
                if (++nesting > MOST_NESTING) throw cursor.error("targets are nested too deeply");
                names.add(target(true, false));
                nesting--;
                cursor.expectOperator(")");
            } else {
                names.add(attributes && cursor.following().operator(".") ? attributeTarget() : nameTarget());
            }
            tuple |= unpacking && cursor.operator(",");
        } while (unpacking && cursor.skipOperator(","));
        return tuple ? new Expression.Sequence(names, true) : names.getFirst();
    }

    private boolean targetFollows() {
        return cursor.operator("(") || (cursor.is(Kind.NAME) && !cursor.name("in"));
    }

    private Expression nameTarget() {
        String name = cursor.expectName();
        if (CONSTANTS.contains(name)) throw cursor.error("can't assign to '" + name + "'");
        return new Expression.Name(name);
    }

    private Expression attributeTarget() {
        var namespace = new Expression.Name(cursor.expectName());
        cursor.expectOperator(".");
        return new Expression.Attribute(namespace, cursor.expectName());
    }

    private Statement setStatement(int line) {
        Expression target = target(true, true);
        if (cursor.skipOperator("=")) return new Statement.Set(target, expressions.tuple(true), line);
        boolean outer = unknown.conditional(false);
        List<FilterUse> filters = new ArrayList<>();
        while (cursor.skipOperator("|")) filters.add(expressions.filter());
        var body = wholeBody("endset");
        unknown.conditional(outer);
        return new Statement.SetBlock(target, filters, body, line);
    }

    private Statement filterStatement(int line) {
        boolean outer = unknown.conditional(false);
        List<FilterUse> filters = new ArrayList<>();
        do filters.add(expressions.filter());
        while (cursor.skipOperator("|"));
        var body = wholeBody("endfilter");
        unknown.conditional(outer);
        return new Statement.FilterBlock(filters, body, line);
    }

    private Statement withStatement(int line) {
        List<Expression> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!cursor.is(Kind.TAG_END)) {
            if (!targets.isEmpty()) cursor.expectOperator(",");
            targets.add(target(false, false));
            cursor.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Statement.Scoped(targets, values, innerBody("endwith"), line);
    }

    private Statement blockStatement(int line) {
        String name = cursor.expectName();
        if (blocks.containsKey(name)) throw cursor.error("block '" + name + "' defined twice");
        blocks.put(name, List.of());
        boolean scoped = cursor.skipName("scoped");
        cursor.skipName("required");
        int outerLoops = loops;
        loops = 0;
        var body = innerBody("endblock");
        loops = outerLoops;
        cursor.skipName(name);
        blocks.put(name, body);
        return new Statement.Block(body, scoped, line);
    }

    private Statement macroStatement(int line) {
        String name = cursor.expectName();
        return macro(name, signature(), "endmacro", line);
    }

    private Statement callStatement(int line) {
        var signature = cursor.operator("(") ? signature() : new Signature(List.of(), List.of());
        if (!(expressions.expression() instanceof Expression.Call call)) throw cursor.error("expected call");
        return new Statement.CallBlock(call, macro("", signature, "endcall", line), line);
    }

    private record Signature(List<String> parameters, List<Expression> defaults) {}

    private Signature signature() {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        cursor.expectOperator("(");
        while (!cursor.operator(")")) {
            if (!parameters.isEmpty()) cursor.expectOperator(",");
            if (cursor.operator(")")) break;
            String parameter = cursor.expectName();
            if (parameters.contains(parameter)) throw cursor.error("duplicate argument '" + parameter + "'");
            parameters.add(parameter);
            if (cursor.skipOperator("=")) defaults.add(expressions.expression());
            else if (!defaults.isEmpty()) throw cursor.error("non-default argument follows default argument");
        }
        cursor.next();
        return new Signature(parameters, defaults);
    }

    private Statement.Macro macro(String name, Signature signature, String end, int line) {
        var use = new MacroUse(Optional.of(expressions.macro()));
        var outer = expressions.enter(use);
        int outerLoops = loops;
        loops = 0;
        var body = innerBody(end);
        loops = outerLoops;
        expressions.enter(outer);
        var implicit = use.implicit(signature.parameters());
        return new Statement.Macro(name, signature.parameters(), signature.defaults(), body, implicit, line);
    }
}
