package dev.paddock.store;

import java.util.Locale;

/** Parameter counts for people, as Ollama writes them: 134.52M, 8.0B; whole numbers have no decimals. */
final class ParameterCount {
    private static final double BILLION = 1e9;
    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;

    private ParameterCount() {}

    static String text(long count) {
        if (count >= BILLION) return scaled(count / BILLION, "%.1fB", "%.0fB");
        if (count >= MILLION) return scaled(count / MILLION, "%.2fM", "%.0fM");
        if (count >= THOUSAND) return String.format(Locale.ROOT, "%.0fK", count / THOUSAND);
        return Long.toString(count);
    }

    private static String scaled(double number, String fraction, String whole) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? whole : fraction, number);
    }
}
