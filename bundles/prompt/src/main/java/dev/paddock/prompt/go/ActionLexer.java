package dev.paddock.prompt.go;

import dev.paddock.prompt.go.Token.Kind;
import java.util.Set;

/** The pieces of one action, up to its closing delimiter. */
final class ActionLexer {
    static final String RIGHT = "}}";

    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with");

    private final String source;
    private final int start;
    private int at;
    private int open;
    private boolean trims;

    /**
     * Reads an action.
     *
     * @param start index of its opening delimiter, for messages
     * @param at index behind the delimiter and its trim mark
     */
    ActionLexer(String source, int start, int at) {
        this.source = source;
        this.start = start;
        this.at = at;
    }

    /** Whether white space and a closing delimiter with a trim mark stand at an index. */
    static boolean trimsBehind(String source, int index) {
        return Lexer.space(source, index) && source.startsWith("-" + RIGHT, index + 1);
    }

    /** Index behind what was read. */
    int index() {
        return at;
    }

    /** Whether the closing delimiter takes the white space behind it away. */
    boolean trims() {
        return trims;
    }

    Token next() {
        if (source.startsWith(RIGHT, at) || trimsBehind(source, at)) return right();
        if (at >= source.length()) return error("unclosed action", start);
        char c = source.charAt(at);
        if (Lexer.space(source, at)) return space();
        if (c == '.' && !digit(at + 1)) return field(Kind.FIELD);
        if (c == '+' || c == '-' || c == '.' || digit(at)) return number();
        if (word(at)) return name();
        return switch (c) {
            case '$' -> field(Kind.VARIABLE);
            case '"' -> quoted(Kind.STRING, "unterminated quoted string");
            case '\'' -> quoted(Kind.CHARACTER, "unterminated character constant");
            case '`' -> raw();
            case ':' -> source.startsWith(":=", at) ? token(Kind.DECLARE, at + 2) : error("expected :=", at);
            case '=' -> token(Kind.ASSIGN, at + 1);
            case '|' -> token(Kind.PIPE, at + 1);
            case '(', ')' -> parenthesis(c);
            default ->
                c > ' ' && c < 0x7f
                        ? token(Kind.OTHER, at + 1)
                        : error(
                                "unrecognized character in action: " + String.format("U+%04X", source.codePointAt(at)),
                                at);
        };
    }

    private Token token(Kind kind, int end) {
        var token = new Token(kind, source.substring(at, end), at);
        at = end;
        return token;
    }

    private Token error(String message, int index) {
        return new Token(Kind.ERROR, message, index);
    }

    private Token right() {
        if (open > 0) return error("unclosed left paren", at);
        trims = !source.startsWith(RIGHT, at);
        return token(Kind.RIGHT, at + RIGHT.length() + (trims ? 2 : 0));
    }

    /** The last space before a trim mark belongs to the mark. */
    private Token space() {
        int end = at;
        while (Lexer.space(source, end) && !trimsBehind(source, end)) end++;
        return token(Kind.SPACE, end);
    }

    private Token parenthesis(char c) {
        open += c == '(' ? 1 : -1;
        if (open < 0) return error("unexpected right paren", at);
        return token(c == '(' ? Kind.OPEN : Kind.CLOSE, at + 1);
    }

    private Token field(Kind kind) {
        int end = wordEnd(at + 1);
        if (!terminates(end)) return badCharacter(end);
        boolean dot = kind == Kind.FIELD && end == at + 1;
        return token(dot ? Kind.DOT : kind, end);
    }

    private Token name() {
        int end = wordEnd(at);
        if (!terminates(end)) return badCharacter(end);
        String word = source.substring(at, end);
        if (KEYWORDS.contains(word)) return token(Kind.KEYWORD, end);
        return token(word.equals("true") || word.equals("false") ? Kind.BOOL : Kind.NAME, end);
    }

    private Token badCharacter(int index) {
        return error("bad character '" + Character.toString(source.codePointAt(index)) + "'", index);
    }

    private boolean terminates(int index) {
        return index >= source.length()
                || Lexer.space(source, index)
                || ".,|:)(".indexOf(source.charAt(index)) >= 0
                || source.startsWith(RIGHT, index);
    }

    private Token quoted(Kind kind, String unterminated) {
        char quote = source.charAt(at);
        for (int i = at + 1; i < source.length() && source.charAt(i) != '\n'; i++) {
            char c = source.charAt(i);
            if (c == quote) return token(kind, i + 1);
            if (c == '\\' && source.startsWith("\n", ++i)) break;
        }
        return error(unterminated, at);
    }

    private Token raw() {
        int end = source.indexOf('`', at + 1);
        return end < 0 ? error("unterminated raw quoted string", at) : token(Kind.STRING, end + 1);
    }

    /** Takes more than numbers are; {@link Literals} says what is none. */
    private Token number() {
        int end = at + 1;
        while (end < source.length() && (word(end) || source.charAt(end) == '.' || signOfExponent(end))) end++;
        if (end < source.length() && (source.charAt(end) == '+' || source.charAt(end) == '-')) {
            return error("bad number syntax: \"" + source.substring(at, end + 1) + "\"", at);
        }
        return token(Kind.NUMBER, end);
    }

    private boolean signOfExponent(int index) {
        char sign = source.charAt(index);
        if (sign != '+' && sign != '-') return false;
        char before = Character.toLowerCase(source.charAt(index - 1));
        boolean hexadecimal =
                source.regionMatches(true, at, "0x", 0, 2) || source.regionMatches(true, at + 1, "0x", 0, 2);
        return before == (hexadecimal ? 'p' : 'e');
    }

    private int wordEnd(int index) {
        int end = index;
        while (word(end)) end += Character.charCount(source.codePointAt(end));
        return end;
    }

    private boolean word(int index) {
        return index < source.length()
                && (source.charAt(index) == '_' || Character.isLetterOrDigit(source.codePointAt(index)));
    }

    private boolean digit(int index) {
        return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
    }
}
