package dev.paddock.prompt.grammar.regular;

/**
 * What a class of a pattern stands for. Engines differ over some characters, so there are two sets.
 *
 * @param sure what all engines take it for
 * @param possible what some engine takes it for
 */
record CharacterClass(Characters sure, Characters possible) {
    private static final Characters LINE_ENDS = Characters.of("\n\r\u2028\u2029");
    private static final Characters BLANKS = Characters.of(" \t\n\u000b\f\r");
    private static final Characters ALL_BLANKS = BLANKS.or(
            Characters.of(
                    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"));

    /** {@code .}: Java also takes U+0085 for the end of a line. */
    static final CharacterClass ANY = new CharacterClass(
            Characters.ALL.without(LINE_ENDS.or(Characters.of("\u0085"))), Characters.ALL.without(LINE_ENDS));

    /** {@code \d}. */
    static final CharacterClass DIGIT = exactly(Characters.range('0', '9'));

    /** {@code \w}. */
    static final CharacterClass WORD = exactly(Characters.range('0', '9')
            .or(Characters.range('a', 'z'))
            .or(Characters.range('A', 'Z'))
            .or(Characters.of('_')));

    /** {@code \s}: ECMAScript takes Unicode's blanks too. */
    static final CharacterClass BLANK = new CharacterClass(BLANKS, ALL_BLANKS);

    /** A set that all engines agree on. */
    static CharacterClass exactly(Characters set) {
        return new CharacterClass(set, set);
    }

    CharacterClass or(CharacterClass other) {
        return new CharacterClass(sure.or(other.sure), possible.or(other.possible));
    }

    CharacterClass inverted() {
        return new CharacterClass(Characters.ALL.without(possible), Characters.ALL.without(sure));
    }

    /** Whether all engines agree. */
    boolean exact() {
        return sure.equals(possible);
    }
}
