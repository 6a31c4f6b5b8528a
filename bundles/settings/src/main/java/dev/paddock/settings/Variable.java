package dev.paddock.settings;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One environment variable and what it sets.
 *
 * @param name without its prefix: {@code KEEP_ALIVE} stands for {@code PADDOCK_KEEP_ALIVE} and
 *     {@code OLLAMA_KEEP_ALIVE}
 * @param pid the configuration it belongs to
 * @param reader turns its text into keys and values
 */
record Variable(String name, String pid, Reader reader) {
    /** Turns text into keys and values. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param text never empty, without blanks and quotes around it
         * @param complaints is told what part of the text was not used
         * @throws IllegalArgumentException saying what would be right; then nothing is set
         */
        Map<String, Object> read(String text, Consumer<String> complaints);
    }

    /** A variable that sets one key. */
    static Variable of(String name, String pid, String key, Function<String, Object> value) {
        return new Variable(name, pid, (text, _) -> Map.of(key, value.apply(text)));
    }
}
