package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Characters;

/** Writes texts and sets of characters as GBNF reads them, in llama.cpp as in the runner. */
final class Quoting {
    private static final Characters ASCII = Characters.range(0, 0x7F);

    private Quoting() {}

    /** A text as a literal. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') quoted.append('\\').append((char) c);
            else character(c, quoted);
        });
        return quoted.append('"').toString();
    }

    /**
     * A set as a class, by what is not in it where that is shorter. llama.cpp refuses a character that comes in parts
     * when the same beginning leads to one that is not in the set, so only characters of one byte are left out that way.
     */
    static String set(Characters set) {
        Characters others = Characters.ALL.without(set);
        if (others.isEmpty()) return ".";
        boolean inverted =
                set.contains(Characters.LAST) && others.without(ASCII).isEmpty();
        Characters shown = inverted ? others : set;
        StringBuilder quoted = new StringBuilder(inverted ? "[^" : "[");
        for (int i = 0; i < shown.ranges(); i++) {
            member(shown.first(i), quoted);
            if (shown.last(i) == shown.first(i)) continue;
            if (shown.last(i) > shown.first(i) + 1) quoted.append('-');
            member(shown.last(i), quoted);
        }
        return quoted.append(']').toString();
    }

    private static void member(int character, StringBuilder quoted) {
        switch (character) {
            case '[', ']', '^', '-', '\\' -> hexadecimal(character, quoted);
            default -> character(character, quoted);
        }
    }

    private static void character(int character, StringBuilder quoted) {
        switch (character) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (shown(character)) quoted.appendCodePoint(character);
                else hexadecimal(character, quoted);
            }
        }
    }

    /** What people can read stays as it is. */
    private static boolean shown(int character) {
        return character < 0x80
                ? character >= ' ' && character < 0x7F
                : Character.isLetterOrDigit(character) || Character.getType(character) == Character.OTHER_SYMBOL;
    }

    private static void hexadecimal(int character, StringBuilder quoted) {
        String form = character <= 0xFF ? "\\x%02X" : character <= 0xFFFF ? "\\u%04X" : "\\U%08X";
        quoted.append(String.format(form, character));
    }
}
