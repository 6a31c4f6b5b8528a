package dev.paddock.transfer;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmg]?)(i?b)?(/s)?");

    private Sizes() {}

    /**
     * Reads {@code 0}, {@code 500k}, {@code 10m}, {@code 1g}; units are powers of 1024.
     *
     * @throws IllegalArgumentException for anything else
     */
    static long parse(String text) {
        var matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) throw new IllegalArgumentException("\"" + text + "\" is no size; write 500k or 10m");
        int shift =
                switch (matcher.group(2)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    /** Bytes for people: 1.2 GB. */
    static String show(long bytes) {
        double number = bytes;
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        while (number >= 1000 && unit < units.length - 1) {
            number /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, units[unit]);
    }
}
