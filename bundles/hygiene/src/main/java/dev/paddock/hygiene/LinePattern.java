package dev.paddock.hygiene;

import java.util.Optional;

/**
 * A whole line as the operator writes it, where {@code *} stands for any characters, none included. No regular
 * expressions: this takes at most as many steps as line and pattern have characters, multiplied.
 *
 * @param pattern what the line must look like
 */
record LinePattern(String pattern) implements Finder {
    private static final int LONGEST_LINE = 1000;

    @Override
    public Optional<Fragment> find(String text, int start, int end) {
        boolean fits = end - start <= LONGEST_LINE && fits(text.substring(start, end));
        return fits ? Optional.of(new Fragment(start, end)) : Optional.empty();
    }

    /** Goes back to the last star only: an earlier one could not do better. */
    private boolean fits(String line) {
        int at = 0;
        int in = 0;
        int star = -1;
        int taken = 0;
        while (at < line.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                taken = at;
            } else if (in < pattern.length() && pattern.charAt(in) == line.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') in++;
        return in == pattern.length();
    }
}
