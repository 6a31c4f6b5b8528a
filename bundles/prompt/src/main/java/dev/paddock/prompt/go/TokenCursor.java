package dev.paddock.prompt.go;

import dev.paddock.prompt.go.Token.Kind;
import java.util.List;

/** A place in a template's pieces. */
final class TokenCursor {
    /** Blocks within blocks and parentheses within parentheses. */
    private static final int MOST_DEPTH = 200;

    private final String source;
    private final List<Token> tokens;
    private int position;
    private int depth;

    TokenCursor(String source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    Token current() {
        return tokens.get(position);
    }

    /** Gives the current piece and goes on; stays at the end. */
    Token next() {
        Token token = current();
        if (position < tokens.size() - 1) position++;
        return token;
    }

    boolean is(Kind kind) {
        return current().kind() == kind;
    }

    void skipSpace() {
        while (is(Kind.SPACE)) position++;
    }

    /** Goes back to a piece that was given before. */
    void backTo(int mark) {
        position = mark;
    }

    int mark() {
        return position;
    }

    Token expect(Kind kind, String context) {
        skipSpace();
        if (!is(kind)) throw unexpected(context);
        return next();
    }

    void enter() {
        if (++depth > MOST_DEPTH)
            throw error("the template is nested too deeply", current().at());
    }

    void leave() {
        depth--;
    }

    GoTemplateException unexpected(String context) {
        Token token = current();
        if (token.kind() == Kind.ERROR) return error(token.text(), token.at());
        return error("unexpected " + token.describe() + " in " + context, token.at());
    }

    GoTemplateException error(String message, int at) {
        return new GoTemplateException.Syntax(Place.of(source, at), message);
    }
}
