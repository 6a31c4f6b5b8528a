package dev.paddock.prompt.grammar.regular;

/** Reads what one character of a text is matched by: a character, an escape, a class. */
final class ClassReader {
    private final PatternText text;
    private boolean exact = true;

    ClassReader(PatternText text) {
        this.text = text;
    }

    /** Whether all engines take the same texts for everything that was read. */
    boolean exact() {
        return exact;
    }

    /** The characters that the next item of the pattern surely stands for. */
    Characters read() {
        CharacterClass found = item();
        exact &= found.exact();
        return found.sure();
    }

    private CharacterClass item() {
        if (text.take('.')) return CharacterClass.ANY;
        if (text.take('[')) return brackets();
        if (text.take('\\')) return escape(false);
        return CharacterClass.exactly(Characters.of(scalar(text.next())));
    }

    private CharacterClass brackets() {
        boolean inverted = text.take('^');
        if (text.peek() == ']') throw text.error("an empty class");
        CharacterClass all = CharacterClass.exactly(Characters.NONE);
        while (!text.take(']')) all = all.or(member());
        return inverted ? all.inverted() : all;
    }

    private CharacterClass member() {
        CharacterClass first = single();
        if (text.peek() != '-' || text.peek(1) == ']' || text.peek(1) == PatternText.NOTHING) return first;
        if (first.sure().size() != 1) return first; // the minus behind \w and the like stands for itself
        text.next();
        CharacterClass last = single();
        if (last.sure().size() != 1) throw text.error("a range that ends with a class");
        int from = first.sure().first(0);
        int to = last.sure().first(0);
        if (to < from) throw text.error("a range that ends before it begins");
        return CharacterClass.exactly(Characters.range(from, to).and(Characters.ALL));
    }

    /** Java gives a meaning to {@code [} and {@code &&} within brackets, so they must be escaped. */
    private CharacterClass single() {
        if (text.take('\\')) return escape(true);
        if (text.peek() == '[') throw text.error("\"[\" within brackets must be escaped");
        if (text.peek() == '&' && text.peek(1) == '&') throw text.error("\"&&\" within brackets must be escaped");
        return CharacterClass.exactly(Characters.of(scalar(text.next())));
    }

    private CharacterClass escape(boolean inBrackets) {
        int c = text.next();
        return switch (c) {
            case 'd' -> CharacterClass.DIGIT;
            case 'D' -> CharacterClass.DIGIT.inverted();
            case 'w' -> CharacterClass.WORD;
            case 'W' -> CharacterClass.WORD.inverted();
            case 's' -> CharacterClass.BLANK;
            case 'S' -> CharacterClass.BLANK.inverted();
            default -> CharacterClass.exactly(Characters.of(character(c, inBrackets)));
        };
    }

    private int character(int c, boolean inBrackets) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> throw text.error("\\v is read differently by engines; write \\x0B");
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'x' -> text.hexadecimal(2);
            case 'u' -> unicode();
            case 'b', 'B' ->
                throw text.error(
                        inBrackets
                                ? "\\b is read differently by engines; write \\x08"
                                : "word boundaries are not supported");
            case 'p', 'P' -> throw text.error("Unicode properties are not supported");
            default -> {
                boolean plain = c < 0x80 && !Character.isLetterOrDigit(c);
                if (!plain) throw text.error("the escape \\" + Character.toString(c) + " is not supported");
                yield c;
            }
        };
    }

    /** Two escapes that are the halves of a surrogate pair are one character. */
    private int unicode() {
        if (text.peek() == '{') throw text.error("\\u{...} is read by some engines only; write the character itself");
        int first = text.hexadecimal(4);
        if (!Character.isHighSurrogate((char) first)) return scalar(first);
        if (!text.take('\\') || !text.take('u')) throw text.error("half of a surrogate pair");
        int second = text.hexadecimal(4);
        if (!Character.isLowSurrogate((char) second)) throw text.error("half of a surrogate pair");
        return Character.toCodePoint((char) first, (char) second);
    }

    private int scalar(int character) {
        if (!Characters.ALL.contains(character)) throw text.error("half of a surrogate pair");
        return character;
    }
}
