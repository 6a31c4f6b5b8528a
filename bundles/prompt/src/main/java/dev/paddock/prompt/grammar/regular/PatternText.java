package dev.paddock.prompt.grammar.regular;

/** The text of a pattern, read character by character. */
final class PatternText {
    /** Of {@link #peek} when nothing is left. */
    static final int NOTHING = -1;

    private static final int MOST_REPETITIONS = 100_000;

    private final int[] text;
    private int at;

    PatternText(String source) {
        text = source.codePoints().toArray();
    }

    boolean atEnd() {
        return at == text.length;
    }

    /** The next character, which stays. */
    int peek() {
        return peek(0);
    }

    /** The character so many behind the next. */
    int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : NOTHING;
    }

    /** Takes the next character, whatever it is. */
    int next() {
        if (atEnd()) throw error("the pattern ends too early");
        return text[at++];
    }

    /** Takes this character if it is the next. */
    boolean take(int character) {
        if (peek() != character) return false;
        at++;
        return true;
    }

    int number() {
        int start = at;
        int value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = Math.min(value * 10 + (next() - '0'), MOST_REPETITIONS);
        }
        if (at == start) throw error("a number is expected here; a brace is escaped by \\");
        return value;
    }

    /** Takes so many hexadecimal digits. */
    int hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int c = peek();
            int digit = c >= 0 && c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) throw error(digits + " hexadecimal digits are expected here");
            value = value << 4 | digit;
            at++;
        }
        return value;
    }

    /** What is wrong, with the place, counted from 1. */
    PatternException error(String what) {
        return new PatternException(what + ", at character " + (at + 1));
    }
}
