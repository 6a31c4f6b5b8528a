package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts a template into tokens with Jinja's white space rules, trim_blocks and lstrip_blocks on. */
final class Lexer {
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_TOKENS = 200_000;
    private static final String[] OPERATORS = {
        "==", "!=", ">=", "<=", "**", "//", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=",
        ".", ":", "|", ",", ";"
    };

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int column = 1;
    private int countedTo;
    private boolean lineStarting = true;

    private Lexer(String source) {
        String text = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    static List<Token> read(String source) {
        if (source.length() > MOST_CHARACTERS) {
            throw new TemplateException.Syntax(
                    "the template has " + source.length() + " characters, at most " + MOST_CHARACTERS + " are read",
                    new Place(1, 1));
        }
        return new Lexer(source).read();
    }

    private List<Token> read() {
        while (position < source.length()) {
            int tag = nextTag(position);
            if (tag < 0) {
                add(Kind.DATA, source.substring(position), null);
                break;
            }
            readTag(tag);
        }
        position = source.length();
        add(Kind.END, "", null);
        return tokens;
    }

    private void readTag(int tag) {
        char kind = source.charAt(tag + 1);
        char sign = signAt(tag + 2);
        int inside = tag + (sign == 0 ? 2 : 3);
        int raw = kind == '%' ? rawBegin(inside) : -1;
        addData(source.substring(position, tag), sign, kind == '{');
        position = tag;
        if (raw >= 0) {
            lineStarting = source.charAt(raw - 1) == '\n';
            position = raw;
            rawBody();
            return;
        }
        position = inside;
        if (kind == '#') {
            comment();
            return;
        }
        add(kind == '{' ? Kind.PRINT_BEGIN : Kind.TAG_BEGIN, source.substring(tag, inside), null);
        expression(kind == '{');
    }

    private int nextTag(int from) {
        for (int i = source.indexOf('{', from); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) return i;
        }
        return -1;
    }

    private char signAt(int index) {
        if (index >= source.length()) return 0;
        char c = source.charAt(index);
        return c == '-' || c == '+' ? c : 0;
    }

    /** Text before a tag: a minus strips it, lstrip_blocks drops an indentation before block tags. */
    private void addData(String text, char sign, boolean print) {
        String kept = text;
        if (sign == '-') {
            int end = text.length();
            while (end > 0 && Text.isSpace(text.charAt(end - 1))) end--;
            kept = text.substring(0, end);
        } else if (sign != '+' && !print) {
            int start = text.lastIndexOf('\n') + 1;
            boolean blank = text.substring(start).chars().allMatch(c -> Text.isSpace((char) c));
            if ((start > 0 || lineStarting) && blank) kept = text.substring(0, start);
        }
        if (!kept.isEmpty()) add(Kind.DATA, kept, null);
        lineStarting = false;
    }

    private int rawBegin(int index) {
        int at = skipSpace(index);
        if (!source.startsWith("raw", at)) return -1;
        at = skipSpace(at + 3);
        if (source.startsWith("-%}", at)) return skipSpace(at + 3);
        return source.startsWith("%}", at) ? at + 2 : -1;
    }

    private void rawBody() {
        for (int i = source.indexOf("{%", position); i >= 0; i = source.indexOf("{%", i + 1)) {
            char sign = signAt(i + 2);
            int at = skipSpace(i + (sign == 0 ? 2 : 3));
            if (!source.startsWith("endraw", at)) continue;
            int end = tagEnd(skipSpace(at + 6));
            if (end < 0) continue;
            addData(source.substring(position, i), sign, false);
            lineStarting = source.charAt(end - 1) == '\n';
            position = end;
            return;
        }
        throw error("Missing end of raw directive");
    }

    /** The index behind the end of a block tag that stands here, or -1. */
    private int tagEnd(int index) {
        if (source.startsWith("+%}", index)) return index + 3;
        if (source.startsWith("-%}", index)) return skipSpace(index + 3);
        if (!source.startsWith("%}", index)) return -1;
        return index + 2 < source.length() && source.charAt(index + 2) == '\n' ? index + 3 : index + 2;
    }

    private int printEnd(int index) {
        if (source.startsWith("-}}", index)) return skipSpace(index + 3);
        return source.startsWith("}}", index) ? index + 2 : -1;
    }

    private void comment() {
        int close = source.indexOf("#}", position);
        if (close < 0) throw error("Missing end of comment tag");
        char sign = close > position ? source.charAt(close - 1) : 0;
        int end = close + 2;
        if (sign == '-') end = skipSpace(end);
        else if (sign != '+' && end < source.length() && source.charAt(end) == '\n') end++;
        lineStarting = source.charAt(end - 1) == '\n';
        position = end;
    }

    private void expression(boolean print) {
        Deque<Character> open = new ArrayDeque<>();
        while (position < source.length()) {
            int end = !open.isEmpty() ? -1 : print ? printEnd(position) : tagEnd(position);
            if (end >= 0) {
                add(print ? Kind.PRINT_END : Kind.TAG_END, "", null);
                lineStarting = source.charAt(end - 1) == '\n';
                position = end;
                return;
            }
            char c = source.charAt(position);
            if (Text.isSpace(c)) position++;
            else if (c >= '0' && c <= '9') number();
            else if (c == '"' || c == '\'') string();
            else if (Character.isUnicodeIdentifierStart(c) || c == '_') name();
            else operator(open);
        }
    }

    private void name() {
        int end = position + 1;
        while (end < source.length() && isNamePart(source.charAt(end))) end++;
        add(Kind.NAME, source.substring(position, end), null);
        position = end;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c > ' ' && Character.isUnicodeIdentifierPart(c));
    }

    private void number() {
        boolean afterDot = !tokens.isEmpty() && tokens.getLast().operator(".");
        var literal = Literals.number(source, position, afterDot, here());
        add(Kind.NUMBER, source.substring(position, literal.end()), literal.value());
        position = literal.end();
    }

    private void string() {
        var literal = Literals.string(source, position, here());
        add(Kind.STRING, (String) literal.value(), null);
        position = literal.end();
    }

    private void operator(Deque<Character> open) {
        for (String operator : OPERATORS) {
            if (!source.startsWith(operator, position)) continue;
            switch (operator) {
                case "{" -> open.push('}');
                case "[" -> open.push(']');
                case "(" -> open.push(')');
                case "}", "]", ")" -> {
                    if (open.isEmpty()) throw error("unexpected '" + operator + "'");
                    char expected = open.pop();
                    if (expected != operator.charAt(0)) {
                        throw error("unexpected '" + operator + "', expected '" + expected + "'");
                    }
                }
                default -> {}
            }
            add(Kind.OPERATOR, operator, null);
            position += operator.length();
            return;
        }
        throw error("unexpected char '" + source.charAt(position) + "'");
    }

    private int skipSpace(int index) {
        int i = index;
        while (i < source.length() && Text.isSpace(source.charAt(i))) i++;
        return i;
    }

    private Place here() {
        for (; countedTo < position && countedTo < source.length(); countedTo++) {
            char c = source.charAt(countedTo);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) column++;
        }
        return new Place(line, column);
    }

    private void add(Kind kind, String text, Object value) {
        if (tokens.size() >= MOST_TOKENS) throw error("the template has more than " + MOST_TOKENS + " words and signs");
        tokens.add(new Token(kind, text, value, here()));
    }

    private TemplateException error(String message) {
        return new TemplateException.Syntax(message, here());
    }
}
