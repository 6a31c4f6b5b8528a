package dev.paddock.prompt.go;

import dev.paddock.prompt.go.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses pipelines and knows which variables there are. */
final class PipeParser {
    private static final String RANGE = "range";
    /** Variables that can be seen at one place: they are looked for one by one. */
    private static final int MOST_VARIABLES = 256;

    private final TokenCursor tokens;
    private final Set<String> functions;
    private List<String> variables = new ArrayList<>(List.of("$"));

    PipeParser(TokenCursor tokens, Set<String> functions) {
        this.tokens = tokens;
        this.functions = functions;
    }

    /** Variables there are now, for {@link #forget}. */
    int variables() {
        return variables.size();
    }

    /** A block has ended: those that came later are gone. */
    void forget(int count) {
        variables.subList(count, variables.size()).clear();
    }

    /** A template of its own begins; gives the variables that are not seen there. */
    List<String> hide() {
        var hidden = variables;
        variables = new ArrayList<>(List.of("$"));
        return hidden;
    }

    void unhide(List<String> hidden) {
        variables = hidden;
    }

    /** A pipeline and the piece that ends it. */
    Pipe pipe(String context, Kind end) {
        tokens.enter();
        tokens.skipSpace();
        int at = tokens.current().at();
        List<String> declared = new ArrayList<>();
        boolean assigns = declarations(context, declared);
        List<Pipe.Command> commands = new ArrayList<>();
        for (tokens.skipSpace(); !tokens.is(end); tokens.skipSpace()) {
            commands.add(command(context));
        }
        if (commands.isEmpty())
            throw tokens.error("missing value for " + context, tokens.current().at());
        for (int i = 1; i < commands.size(); i++) checkStage(commands.get(i).first(), i + 1);
        tokens.next();
        tokens.leave();
        return new Pipe(List.copyOf(declared), assigns, List.copyOf(commands), at);
    }

    private void checkStage(Operand first, int stage) {
        if (first instanceof Operand.Literal || first instanceof Operand.Dot || first instanceof Operand.Nil) {
            throw tokens.error("non executable command in pipeline stage " + stage, first.at());
        }
    }

    /** Reads {@code $x :=}, {@code $x =} and, for a range, {@code $i, $x :=}; whether they are assigned to. */
    private boolean declarations(String context, List<String> declared) {
        while (tokens.is(Kind.VARIABLE)) {
            int mark = tokens.mark();
            Token variable = tokens.next();
            tokens.skipSpace();
            if (tokens.is(Kind.DECLARE) || tokens.is(Kind.ASSIGN)) {
                declare(variable, declared);
                return tokens.next().kind() == Kind.ASSIGN;
            }
            if (!tokens.is(Kind.OTHER) || !tokens.current().text().equals(",")) {
                tokens.backTo(mark);
                return false;
            }
            declare(variable, declared);
            comma(context, declared.size());
        }
        return false;
    }

    private void comma(String context, int declared) {
        Token comma = tokens.next();
        tokens.skipSpace();
        if (!context.equals(RANGE) || declared > 1) {
            throw tokens.error("too many declarations in " + context, comma.at());
        }
        if (!tokens.is(Kind.VARIABLE)) throw tokens.error("range can only initialize variables", comma.at());
    }

    private void declare(Token variable, List<String> declared) {
        declared.add(variable.text());
        if (variables.size() == MOST_VARIABLES) throw tokens.error("too many variables", variable.at());
        variables.add(variable.text());
    }

    private Pipe.Command command(String context) {
        List<Operand> operands = new ArrayList<>();
        while (true) {
            operands.add(operand(context));
            if (!tokens.is(Kind.SPACE)) break;
            tokens.skipSpace();
            if (!startsOperand()) break;
        }
        if (tokens.is(Kind.PIPE)) tokens.next();
        else if (!tokens.is(Kind.RIGHT) && !tokens.is(Kind.CLOSE)) throw tokens.unexpected("operand");
        return new Pipe.Command(operands.getFirst(), List.copyOf(operands.subList(1, operands.size())));
    }

    private boolean startsOperand() {
        return switch (tokens.current().kind()) {
            case FIELD, VARIABLE, NAME, DOT, BOOL, NUMBER, CHARACTER, STRING, OPEN -> true;
            case KEYWORD -> tokens.current().keyword("nil");
            default -> false;
        };
    }

    /** A term and the fields behind it. */
    private Operand operand(String context) {
        Operand term = term(context);
        if (!tokens.is(Kind.FIELD)) return term;
        int at = tokens.current().at();
        List<String> fields = new ArrayList<>();
        while (tokens.is(Kind.FIELD)) fields.add(tokens.next().text().substring(1));
        return switch (term) {
            case Operand.Field field -> new Operand.Field(joined(field.names(), fields), field.at());
            case Operand.Variable variable ->
                new Operand.Variable(variable.name(), joined(variable.fields(), fields), variable.at());
            case Operand.Literal literal -> throw tokens.error("unexpected . after term " + literal.text(), at);
            case Operand.Nil nil -> throw tokens.error("unexpected . after term nil", at);
            case Operand.Dot dot -> throw tokens.error("unexpected . after term \".\"", at);
            default -> new Operand.Chain(term, List.copyOf(fields), at);
        };
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private Operand term(String context) {
        if (!startsOperand()) throw tokens.unexpected(context);
        Token token = tokens.next();
        int at = token.at();
        return switch (token.kind()) {
            case NAME -> function(token);
            case DOT -> new Operand.Dot(at);
            case KEYWORD -> new Operand.Nil(at);
            case VARIABLE -> variable(token);
            case FIELD -> new Operand.Field(List.of(token.text().substring(1)), at);
            case OPEN -> new Operand.Nested(pipe("parenthesized pipeline", Kind.CLOSE), at);
            default -> new Operand.Literal(value(token), token.text(), at);
        };
    }

    private Operand function(Token token) {
        if (!functions.contains(token.text())) {
            throw tokens.error("function \"" + token.text() + "\" not defined", token.at());
        }
        return new Operand.Function(token.text(), token.at());
    }

    private Operand variable(Token token) {
        if (!variables.contains(token.text())) {
            throw tokens.error("undefined variable \"" + token.text() + "\"", token.at());
        }
        return new Operand.Variable(token.text(), List.of(), token.at());
    }

    private Object value(Token token) {
        return switch (token.kind()) {
            case BOOL -> token.text().equals("true");
            case NUMBER ->
                Literals.number(token.text())
                        .orElseThrow(() -> tokens.error(
                                "illegal number syntax or a number too large: \"" + token.text() + "\"", token.at()));
            case CHARACTER ->
                Literals.character(token.text())
                        .orElseThrow(() -> tokens.error("malformed character constant: " + token.text(), token.at()));
            default -> text(token);
        };
    }

    /** What a quoted string means. */
    String text(Token token) {
        return Literals.unquoted(token.text())
                .orElseThrow(() -> tokens.error("invalid syntax in string " + token.text(), token.at()));
    }
}
