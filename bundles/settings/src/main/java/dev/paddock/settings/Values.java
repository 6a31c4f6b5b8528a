package dev.paddock.settings;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.Sizes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Turns the text of an environment variable into a value, by Ollama's rules. */
final class Values {
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private Values() {}

    /** Any text but the six ways to write false is true. */
    static boolean truth(String text) {
        return !FALSE.contains(text);
    }

    /**
     * A whole number, zero or more.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static int count(String text) {
        if (text.matches("[0-9]{1,9}")) return Integer.parseInt(text);
        throw new IllegalArgumentException("must be a whole number from 0 to 999999999");
    }

    /**
     * A number that may have a fraction, zero or more.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static double real(String text) {
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) return Double.parseDouble(text);
        throw new IllegalArgumentException("must be a number such as 0.5");
    }

    /**
     * A duration as Go writes it; a bare number is seconds and gets its unit here.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static String duration(String text) {
        String withUnit = text.matches("[+-]?[0-9]{1,12}") ? text + "s" : text;
        try {
            Durations.parse(withUnit);
            return withUnit;
        } catch (PaddockException e) {
            throw new IllegalArgumentException(
                    "must be a duration such as 5m, 1h30m or 300 (seconds); negative means for ever", e);
        }
    }

    /**
     * A number of bytes, with a unit or without; the text stays as it is.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static String size(String text) {
        Sizes.parse(text);
        return text;
    }

    /** The parts between commas, without blanks and empty ones. */
    static String[] list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
    }

    /**
     * A directory, made absolute; {@code ~/} is the user's own.
     *
     * @throws IllegalArgumentException when the file system cannot have such a path
     */
    static String directory(String text) {
        String home = System.getProperty("user.home");
        return Path.of(text.startsWith("~/") ? home + text.substring(1) : text)
                .toAbsolutePath()
                .normalize()
                .toString();
    }
}
