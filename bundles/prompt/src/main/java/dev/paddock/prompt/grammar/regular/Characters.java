package dev.paddock.prompt.grammar.regular;

import java.util.Arrays;

/** A set of characters, as ranges of code points in order and apart from each other. Immutable. */
public final class Characters {
    /** The last character of Unicode; numbers above it are marks that no text holds. */
    public static final int LAST = Character.MAX_CODE_POINT;
    /** No character. */
    public static final Characters NONE = new Characters(new int[0]);
    /** Every character that text can hold: all but halves of surrogate pairs. */
    public static final Characters ALL = new Characters(new int[] {0, 0xD7FF, 0xE000, LAST});

    /** First and last of each range. */
    private final int[] bounds;

    private Characters(int[] bounds) {
        this.bounds = bounds;
    }

    /** One character. */
    public static Characters of(int character) {
        return range(character, character);
    }

    /** All from the first to the last. */
    public static Characters range(int first, int last) {
        return new Characters(new int[] {first, last});
    }

    /** The characters of a text. */
    public static Characters of(String text) {
        return text.codePoints().mapToObj(Characters::of).reduce(NONE, Characters::or);
    }

    /** How many ranges there are. */
    public int ranges() {
        return bounds.length / 2;
    }

    /** The first character of a range, counted from 0. */
    public int first(int range) {
        return bounds[2 * range];
    }

    /** The last character of a range, counted from 0. */
    public int last(int range) {
        return bounds[2 * range + 1];
    }

    /** Whether it holds nothing. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many characters it holds. */
    public int size() {
        int size = 0;
        for (int i = 0; i < bounds.length; i += 2) size += bounds[i + 1] - bounds[i] + 1;
        return size;
    }

    /** Whether it holds a character. */
    public boolean contains(int character) {
        int place = Arrays.binarySearch(bounds, character);
        return place >= 0 || (-place - 1) % 2 == 1;
    }

    /** What is in this or in the other. */
    public Characters or(Characters other) {
        if (isEmpty()) return other;
        if (other.isEmpty()) return this;
        long[] all = new long[ranges() + other.ranges()];
        for (int i = 0; i < all.length; i++) {
            Characters of = i < ranges() ? this : other;
            int range = i < ranges() ? i : i - ranges();
            all[i] = (long) of.first(range) << 32 | of.last(range);
        }
        Arrays.sort(all);
        int[] joined = new int[2 * all.length];
        int used = 0;
        for (long range : all) {
            int first = (int) (range >> 32);
            int last = (int) range;
            if (used > 0 && first <= joined[used - 1] + 1) {
                joined[used - 1] = Math.max(joined[used - 1], last);
            } else {
                joined[used++] = first;
                joined[used++] = last;
            }
        }
        return new Characters(Arrays.copyOf(joined, used));
    }

    /** What is in both. */
    public Characters and(Characters other) {
        int[] both = new int[bounds.length + other.bounds.length];
        int used = 0;
        int i = 0;
        int j = 0;
        while (i < ranges() && j < other.ranges()) {
            int first = Math.max(first(i), other.first(j));
            int last = Math.min(last(i), other.last(j));
            if (first <= last) {
                both[used++] = first;
                both[used++] = last;
            }
            if (last(i) < other.last(j)) i++;
            else j++;
        }
        return used == 0 ? NONE : new Characters(Arrays.copyOf(both, used));
    }

    /** What is in this and not in the other. */
    public Characters without(Characters other) {
        int[] gaps = new int[other.bounds.length + 2];
        int used = 0;
        int next = 0;
        for (int i = 0; i < other.ranges(); i++) {
            if (other.first(i) > next) {
                gaps[used++] = next;
                gaps[used++] = other.first(i) - 1;
            }
            next = other.last(i) + 1;
        }
        gaps[used++] = next;
        gaps[used++] = Integer.MAX_VALUE - 1;
        return and(new Characters(Arrays.copyOf(gaps, used)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Characters characters && Arrays.equals(bounds, characters.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** For people: the ranges in hexadecimal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranges(); i++) text.append(String.format("[%x-%x]", first(i), last(i)));
        return text.toString();
    }
}
