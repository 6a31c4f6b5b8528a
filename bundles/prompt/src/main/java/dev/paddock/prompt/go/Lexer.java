package dev.paddock.prompt.go;

import dev.paddock.prompt.go.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into texts and the pieces of its actions. An error is the last piece. */
final class Lexer {
    static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_TOKENS = 200_000;
    private static final String LEFT = "{{";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        var lexer = new Lexer(source);
        if (source.length() > MOST_CHARACTERS) {
            lexer.add(Kind.ERROR, "a template may have at most " + MOST_CHARACTERS + " characters", 0);
        } else if (lexer.all()) {
            lexer.add(Kind.END, "", source.length());
        }
        return lexer.tokens;
    }

    private boolean all() {
        while (at < source.length()) {
            text();
            if (at < source.length() && !action()) return false;
        }
        return true;
    }

    private void add(Kind kind, String text, int index) {
        tokens.add(new Token(kind, text, index));
    }

    private void text() {
        int left = source.indexOf(LEFT, at);
        int end = left < 0 ? source.length() : left;
        int kept = end;
        if (left >= 0 && trimsBefore(left + LEFT.length())) {
            while (kept > at && space(source, kept - 1)) kept--;
        }
        if (kept > at) add(Kind.TEXT, source.substring(at, kept), at);
        at = end;
    }

    /** Whether the text before a delimiter loses its white space: a minus and a space follow it. */
    private boolean trimsBefore(int index) {
        return source.startsWith("-", index) && space(source, index + 1);
    }

    /** One action or comment; false when it is wrong. */
    private boolean action() {
        int start = at;
        at += LEFT.length();
        if (trimsBefore(at)) at += 2;
        if (source.startsWith("/*", at)) return comment(start);
        add(Kind.LEFT, LEFT, start);
        var inside = new ActionLexer(source, start, at);
        while (true) {
            Token token = inside.next();
            tokens.add(token);
            if (tokens.size() > MOST_TOKENS) return tooMany(token);
            if (token.kind() == Kind.ERROR) return false;
            if (token.kind() == Kind.RIGHT) {
                behind(inside.index(), inside.trims());
                return true;
            }
        }
    }

    private boolean tooMany(Token last) {
        add(Kind.ERROR, "a template may have at most " + MOST_TOKENS + " words", last.at());
        return false;
    }

    private boolean comment(int start) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) return wrongComment("unclosed comment", start);
        boolean trims = ActionLexer.trimsBehind(source, end + 2);
        if (!trims && !source.startsWith(ActionLexer.RIGHT, end + 2)) {
            return wrongComment("comment ends before closing delimiter", end + 2);
        }
        behind(end + 2 + (trims ? 2 : 0) + ActionLexer.RIGHT.length(), trims);
        return true;
    }

    private boolean wrongComment(String message, int index) {
        add(Kind.ERROR, message, index);
        return false;
    }

    private void behind(int index, boolean trims) {
        at = index;
        while (trims && space(source, at)) at++;
    }

    static boolean space(String source, int index) {
        return index < source.length() && " \t\r\n".indexOf(source.charAt(index)) >= 0;
    }
}
