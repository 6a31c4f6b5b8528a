package dev.paddock.api.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers of bytes as settings write them: {@code 200g}, {@code 512m}, {@code 1000}; a unit is a power of 1024. */
public final class Sizes {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})([kKmMgGtT]?)(?:[iI]?[bB])?");
    private static final String UNITS = "kmgt";

    private Sizes() {}

    /**
     * Reads a number of bytes, with a unit or without.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    public static long parse(String text) {
        var size = TEXT.matcher(text.strip());
        if (!size.matches()) throw new IllegalArgumentException("write 0 or a size like 200g");
        String unit = size.group(2).toLowerCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(unit));
        long number = Long.parseLong(size.group(1));
        if (number > Long.MAX_VALUE >> shift) throw new IllegalArgumentException("that is more than can be counted");
        return number << shift;
    }

    /**
     * The value of a setting that is a number of bytes.
     *
     * @throws IllegalArgumentException naming the setting when the value is none
     */
    public static long setting(String pid, String key, String value) {
        try {
            return parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(pid + ": " + key + " is " + value + "; " + e.getMessage(), e);
        }
    }
}
