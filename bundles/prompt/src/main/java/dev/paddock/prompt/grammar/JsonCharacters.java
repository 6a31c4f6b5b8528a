package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Characters;
import java.util.ArrayList;
import java.util.List;

/**
 * How a character of a set may stand in a JSON string. What may stand there as it is does, unless the set is large: then
 * it may be escaped too. What must be escaped is.
 */
final class JsonCharacters {
    private static final Characters SHORT = Characters.of("\"\\\b\f\n\r\t");
    private static final Characters PLAIN =
            Characters.ALL.without(Characters.range(0, 0x1F)).without(Characters.of("\"\\\u007f"));
    private static final Characters PAIRS = Characters.range(0x10000, Characters.LAST);
    /** Of the last digits of an escape, all together. */
    private static final int ALL_DIGITS = 16;

    private static final int LARGE = 128;

    private JsonCharacters() {}

    /** One character of a set. */
    static Part part(Characters set) {
        boolean large = set.size() > LARGE;
        List<Part> escapes = new ArrayList<>();
        Characters brief = set.and(large ? SHORT.or(Characters.of('/')) : SHORT);
        if (!brief.isEmpty()) escapes.add(Part.oneOf(letters(brief)));
        Characters coded = large ? set : set.without(PLAIN).without(SHORT);
        List<Part> codes = new ArrayList<>();
        Characters single = coded.and(Characters.range(0, 0xFFFF));
        if (!single.isEmpty()) codes.add(digits(single, 0, 4));
        if (large && set.and(PAIRS).equals(PAIRS)) codes.add(pair());
        if (!codes.isEmpty()) escapes.add(Part.sequence(new Part.Text("u"), Part.choice(codes)));
        List<Part> forms = new ArrayList<>();
        if (!set.and(PLAIN).isEmpty()) forms.add(Part.oneOf(set.and(PLAIN)));
        if (!escapes.isEmpty()) forms.add(Part.sequence(new Part.Text("\\"), Part.choice(escapes)));
        return Part.choice(forms);
    }

    /** The letters behind the backslash. */
    private static Characters letters(Characters brief) {
        Characters letters = Characters.NONE;
        for (int i = 0; i < brief.ranges(); i++) {
            for (int c = brief.first(i); c <= brief.last(i); c++) letters = letters.or(Characters.of(letter(c)));
        }
        return letters;
    }

    private static int letter(int character) {
        return switch (character) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> character;
        };
    }

    /**
     * Hexadecimal digits of the numbers in a set.
     *
     * @param from the least number that so many digits behind the ones before can make
     */
    private static Part digits(Characters set, int from, int count) {
        if (count == 0) return Part.EMPTY;
        int size = 1 << 4 * (count - 1);
        if (set.equals(Characters.range(from, from + ALL_DIGITS * size - 1))) {
            return Part.repeated(Part.oneOf(hexadecimal(0, 15)), count, count);
        }
        List<Part> options = new ArrayList<>();
        for (int digit = 0; digit < ALL_DIGITS; digit++) {
            int first = digit;
            Characters all = block(set, from, digit, size);
            if (all.isEmpty()) continue;
            while (digit < 15 && same(all, block(set, from, digit + 1, size), (digit + 1 - first) * size)) digit++;
            Part rest = digits(all, from + first * size, count - 1);
            options.add(Part.sequence(Part.oneOf(hexadecimal(first, digit)), rest));
        }
        return Part.choice(options);
    }

    private static Characters block(Characters set, int from, int digit, int size) {
        return set.and(Characters.range(from + digit * size, from + (digit + 1) * size - 1));
    }

    /** Whether two blocks, so far apart, hold the same digits. */
    private static boolean same(Characters one, Characters other, int apart) {
        if (one.ranges() != other.ranges()) return false;
        for (int i = 0; i < one.ranges(); i++) {
            if (one.first(i) + apart != other.first(i) || one.last(i) + apart != other.last(i)) return false;
        }
        return true;
    }

    private static Characters hexadecimal(int first, int last) {
        Characters digits = Characters.NONE;
        for (int digit = first; digit <= last; digit++) {
            char small = Character.forDigit(digit, 16);
            digits = digits.or(Characters.of(small)).or(Characters.of(Character.toUpperCase(small)));
        }
        return digits;
    }

    /** Two halves, the second with its own backslash. */
    private static Part pair() {
        return Part.sequence(
                digits(Characters.range(0xD800, 0xDBFF), 0, 4),
                new Part.Text("\\u"),
                digits(Characters.range(0xDC00, 0xDFFF), 0, 4));
    }
}
