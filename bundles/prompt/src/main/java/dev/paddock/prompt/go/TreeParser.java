package dev.paddock.prompt.go;

import dev.paddock.prompt.go.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses the actions of a template. */
final class TreeParser {
    private final TokenCursor tokens;
    private final PipeParser pipes;
    private final Map<String, List<Node>> templates = new LinkedHashMap<>();
    private int ranges;

    private TreeParser(String source, Set<String> functions) {
        this.tokens = new TokenCursor(source);
        this.pipes = new PipeParser(tokens, functions);
    }

    /**
     * Parses a template.
     *
     * @param functions names of the functions there are
     * @throws GoTemplateException.Syntax at the first place that is wrong
     */
    static Tree parse(String source, Set<String> functions) {
        var parser = new TreeParser(source, functions);
        List<Node> root = parser.list(true);
        if (!parser.tokens.is(Kind.END)) throw parser.tokens.unexpected("template");
        return new Tree(root, Map.copyOf(parser.templates));
    }

    /** Nodes up to an end or else, which is left; at the top up to the end of the template. */
    private List<Node> list(boolean top) {
        tokens.enter();
        List<Node> nodes = new ArrayList<>();
        while (tokens.is(Kind.TEXT) || tokens.is(Kind.LEFT)) {
            if (tokens.is(Kind.TEXT)) {
                Token text = tokens.next();
                nodes.add(new Node.Text(text.text(), text.at()));
                continue;
            }
            if (!top && (begins("end") || begins("else"))) break;
            if (top && begins("define")) define();
            else nodes.add(action());
        }
        tokens.leave();
        return List.copyOf(nodes);
    }

    /** Whether the action that comes next has this keyword. */
    private boolean begins(String keyword) {
        int mark = tokens.mark();
        tokens.next();
        tokens.skipSpace();
        boolean found = tokens.current().keyword(keyword);
        tokens.backTo(mark);
        return found;
    }

    private Node action() {
        tokens.next();
        tokens.skipSpace();
        Token word = tokens.current();
        if (word.kind() != Kind.KEYWORD || word.text().equals("nil")) {
            return new Node.Action(pipes.pipe("command", Kind.RIGHT), word.at());
        }
        return switch (tokens.next().text()) {
            case "if" -> branch(Node.Kind.IF, "if", word.at());
            case "with" -> branch(Node.Kind.WITH, "with", word.at());
            case "range" -> branch(Node.Kind.RANGE, "range", word.at());
            case "template" -> call(word.at());
            case "block" -> block(word.at());
            case "break" -> {
                jump("{{break}}", word);
                yield new Node.Break(word.at());
            }
            case "continue" -> {
                jump("{{continue}}", word);
                yield new Node.Continue(word.at());
            }
            default -> throw tokens.error("unexpected {{" + word.text() + "}}", word.at());
        };
    }

    private void jump(String action, Token word) {
        tokens.expect(Kind.RIGHT, action);
        if (ranges == 0) throw tokens.error(action + " outside {{range}}", word.at());
    }

    private Node branch(Node.Kind kind, String context, int at) {
        int known = pipes.variables();
        Pipe pipe = pipes.pipe(context, Kind.RIGHT);
        if (kind == Node.Kind.RANGE) ranges++;
        List<Node> body = list(false);
        if (kind == Node.Kind.RANGE) ranges--;
        List<Node> otherwise = List.of();
        if (closes("else")) otherwise = otherwise(kind, context);
        else end();
        pipes.forget(known);
        return new Node.Branch(kind, pipe, body, otherwise, at);
    }

    /** What follows an else, with the end. */
    private List<Node> otherwise(Node.Kind kind, String context) {
        tokens.skipSpace();
        Token word = tokens.current();
        if (kind != Node.Kind.RANGE && word.keyword(context)) {
            // {{else if}}: one {{end}} for both.
            tokens.next();
            tokens.enter();
            var chained = List.of(branch(kind, context, word.at()));
            tokens.leave();
            return chained;
        }
        tokens.expect(Kind.RIGHT, "else");
        List<Node> otherwise = list(false);
        if (closes("else"))
            throw tokens.error("expected end; found {{else}}", tokens.current().at());
        end();
        return otherwise;
    }

    /** Takes the delimiter and keyword of an end or else, if it comes next. */
    private boolean closes(String keyword) {
        if (!tokens.is(Kind.LEFT) || !begins(keyword)) return false;
        tokens.next();
        tokens.skipSpace();
        tokens.next();
        return true;
    }

    private void end() {
        if (!closes("end")) throw tokens.unexpected("a block that has no {{end}}");
        tokens.expect(Kind.RIGHT, "end");
    }

    private Node call(int at) {
        String name = name("template clause");
        tokens.skipSpace();
        if (tokens.is(Kind.RIGHT)) {
            tokens.next();
            return new Node.Call(name, Optional.empty(), at);
        }
        return new Node.Call(name, Optional.of(pipes.pipe("template clause", Kind.RIGHT)), at);
    }

    private Node block(int at) {
        String name = name("block clause");
        Pipe pipe = pipes.pipe("block clause", Kind.RIGHT);
        template(name, at);
        return new Node.Call(name, Optional.of(pipe), at);
    }

    private void define() {
        int at = tokens.next().at();
        tokens.skipSpace();
        tokens.next();
        String name = name("define clause");
        tokens.expect(Kind.RIGHT, "define clause");
        template(name, at);
    }

    private String name(String context) {
        return pipes.text(tokens.expect(Kind.STRING, context));
    }

    /** The body of a define or block, which sees no variables from outside. */
    private void template(String name, int at) {
        var hidden = pipes.hide();
        int outer = ranges;
        ranges = 0;
        List<Node> body = list(false);
        if (closes("else"))
            throw tokens.error(
                    "unexpected {{else}} in a template's definition",
                    tokens.current().at());
        end();
        ranges = outer;
        pipes.unhide(hidden);
        if (Tree.blank(templates.getOrDefault(name, List.of()))) templates.put(name, body);
        else if (!Tree.blank(body)) throw tokens.error("multiple definition of template \"" + name + "\"", at);
    }
}
