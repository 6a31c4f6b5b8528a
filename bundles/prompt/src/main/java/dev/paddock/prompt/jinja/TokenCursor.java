package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Token.Kind;
import java.util.List;

/** A place in a template's tokens. */
final class TokenCursor {
    private final List<Token> tokens;
    private int position;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token following() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    /** Gives the current token and goes on; stays at the end. */
    Token next() {
        Token token = current();
        if (position < tokens.size() - 1) position++;
        return token;
    }

    boolean is(Kind kind) {
        return current().kind() == kind;
    }

    boolean operator(String operator) {
        return current().operator(operator);
    }

    boolean name(String name) {
        return current().name(name);
    }

    boolean skipOperator(String operator) {
        if (!operator(operator)) return false;
        next();
        return true;
    }

    boolean skipName(String name) {
        if (!name(name)) return false;
        next();
        return true;
    }

    Token expect(Kind kind, String what) {
        if (!is(kind)) throw error("expected " + what + ", got '" + current().describe() + "'");
        return next();
    }

    String expectName() {
        return expect(Kind.NAME, "name").text();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw error("expected token '" + operator + "', got '" + current().describe() + "'");
        }
    }

    TemplateException error(String message) {
        return new TemplateException.Syntax(message, current().at());
    }
}
