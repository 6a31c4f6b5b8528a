package dev.paddock.runner.sampling;

import dev.paddock.runner.llama.LlamaException;

/** Reads the smallest parts of a grammar's text, and knows where it is. */
final class GbnfText {
    private static final int END = -1;
    private static final int MOST_REPETITIONS = 1_000_000;

    private final int[] text;
    private int at;
    private int counted;
    private int line = 1;
    /** The rule being read, for messages; empty between rules. */
    private String rule = "";

    GbnfText(String grammar) {
        text = grammar.codePoints().toArray();
    }

    void inRule(String name) {
        rule = name;
    }

    /** The character that comes next; -1 at the end. */
    int peek() {
        return peek(0);
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : END;
    }

    boolean atEnd() {
        return at >= text.length;
    }

    /** Takes this character if it is the next. */
    boolean take(int character) {
        if (peek() != character) return false;
        at++;
        return true;
    }

    void expect(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) throw error("\"" + word + "\" is expected here, not " + here());
        }
    }

    /** Skips blanks and comments, and ends of lines where they mean nothing. */
    void skipBlanks(boolean lines) {
        while (true) {
            int c = peek();
            if (c == '#') {
                while (!atEnd() && peek() != '\n' && peek() != '\r') at++;
            } else if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    String name() {
        int start = at;
        while (isNameCharacter(peek())) at++;
        if (at == start) throw error("a name is expected here, not " + here());
        return new String(text, start, at - start);
    }

    int number() {
        int start = at;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = Math.min(value * 10 + (text[at++] - '0'), MOST_REPETITIONS);
        }
        if (at == start) throw error("a number is expected here, not " + here());
        return (int) value;
    }

    /** A character of a literal or a class. */
    int character() {
        if (atEnd()) throw error("the grammar ends within a literal or a class");
        int c = text[at++];
        if (c != '\\') return c;
        int escaped = peek();
        at++;
        return switch (escaped) {
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case '\\', '"', '[', ']', '-' -> escaped;
            default -> throw error("there is no escape \\" + (escaped == END ? "" : Character.toString(escaped)));
        };
    }

    private int hexadecimal(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) throw error(digits + " hexadecimal digits are expected here, not " + here());
            value = value << 4 | digit;
            at++;
        }
        if (value > Character.MAX_CODE_POINT) throw error("there is no character " + Long.toHexString(value));
        return (int) value;
    }

    /** Whether a range goes on: a minus that is not the last of its class. */
    boolean takeRange() {
        return peek() == '-' && peek(1) != ']' && take('-');
    }

    String here() {
        return atEnd() ? "the end" : "\"" + Character.toString(peek()) + "\"";
    }

    int line() {
        while (counted < Math.min(at, text.length)) if (text[counted++] == '\n') line++;
        return line;
    }

    LlamaException error(String what) {
        return error(line(), rule, what);
    }

    static LlamaException error(int line, String rule, String what) {
        String where = rule.isEmpty() ? "" : ", rule \"" + rule + "\"";
        return Ranges.invalid("the grammar does not parse: line " + line + where + ": " + what);
    }
}
