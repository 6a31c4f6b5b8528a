package dev.paddock.prompt.go;

/**
 * One verb of a format, such as {@code %-5.2f}.
 *
 * @param flags of {@code + - # space 0}
 * @param width least characters, or -1
 * @param precision or -1
 * @param letter the verb itself, a code point
 */
record Verb(String flags, int width, int precision, int letter) {
    static final Verb PLAIN = new Verb("", -1, -1, 'v');

    boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    /** Zeros go only to the left. */
    boolean zeros() {
        return has('0') && !has('-');
    }

    boolean is(String letters) {
        return letters.indexOf(letter) >= 0;
    }

    Verb with(char other) {
        return new Verb(flags, width, precision, other);
    }

    Verb without(char flag) {
        return new Verb(flags.replace(String.valueOf(flag), ""), width, precision, letter);
    }

    /** A text filled up to the width. */
    String pad(String text, Run run) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        run.checkedText(missing);
        if (has('-')) return text + " ".repeat(missing);
        return (zeros() ? "0" : " ").repeat(missing) + text;
    }
}
