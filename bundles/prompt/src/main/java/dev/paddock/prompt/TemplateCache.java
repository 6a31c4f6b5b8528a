package dev.paddock.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was made of the last templates by their text: each is parsed once while it is in use. A look costs the hash of
 * the text, which a string keeps, and a comparison with the text that was found. Safe for many threads.
 *
 * @param <T> what is made of a template; immutable
 */
final class TemplateCache<T> {
    private static final int MOST_TEMPLATES = 64;
    /** Of all texts together: what is made of a text takes some ten times its memory. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Function<String, T> parser;
    private final LinkedHashMap<String, T> parsed = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    TemplateCache(Function<String, T> parser) {
        this.parser = parser;
    }

    /** What the parser makes of a text; it throws what the parser throws, and nothing is kept then. */
    T get(String text) {
        synchronized (parsed) {
            T known = parsed.get(text);
            if (known != null) return known;
        }
        T made = parser.apply(text);
        synchronized (parsed) {
            if (parsed.put(text, made) == null) characters += text.length();
            while (parsed.size() > MOST_TEMPLATES || characters > MOST_CHARACTERS) forgetEldest();
        }
        return made;
    }

    private void forgetEldest() {
        Map.Entry<String, T> eldest = parsed.pollFirstEntry();
        characters -= eldest.getKey().length();
    }

    /** How many are kept. */
    int size() {
        synchronized (parsed) {
            return parsed.size();
        }
    }
}
