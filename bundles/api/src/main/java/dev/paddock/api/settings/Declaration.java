package dev.paddock.api.settings;

import java.util.List;
import java.util.Locale;

/**
 * What a component says of one of its settings, by metatype.
 *
 * @param name what people call it
 * @param description what it does, in which unit, within which range
 * @param type what kind of value it takes
 * @param unit {@code duration}, {@code bytes}, {@code tokens}, {@code percent}, or empty
 * @param fallback the value when nobody sets one; null when there is none
 * @param options the values that it may have; empty when there are more than can be listed
 * @param secret whether its value is shown to nobody and written into no history
 */
public record Declaration(
        String name,
        String description,
        Type type,
        String unit,
        Object fallback,
        List<String> options,
        boolean secret) {
    /** What a description ends with when a change cannot act while the server runs. */
    public static final String NEXT_START = " Counts from the next start.";

    /** The kinds of values. */
    public enum Type {
        /** Any text. */
        TEXT("a text"),
        /** A whole number of 32 bits. */
        INTEGER("a whole number from -2147483648 to 2147483647"),
        /** A whole number of 64 bits. */
        LONG("a whole number"),
        /** A number that may have a fraction. */
        NUMBER("a number"),
        /** true or false. */
        BOOLEAN("true or false"),
        /** A list of texts. */
        LIST("a list of texts");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** For sentences: "a whole number". */
        public String words() {
            return words;
        }

        /** For programs: {@code integer}. */
        public String word() {
            return this == LONG ? "integer" : name().toLowerCase(Locale.ROOT);
        }
    }

    public Declaration {
        options = List.copyOf(options);
    }

    /** Whether a change waits for the next start of the server. */
    public boolean nextStart() {
        return description.endsWith(NEXT_START.strip());
    }
}
