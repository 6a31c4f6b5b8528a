package dev.paddock.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was made of the last templates by their text: each is parsed once while it is in use. Safe for many
 * threads.
 *
 * @param <T> what is made of a template; immutable
 */
final class TemplateCache<T> {
    private static final int MOST_TEMPLATES = 64;
    /** Longer texts are parsed each time: they are no chat templates. */
    private static final int LONGEST = 200_000;

    private final Function<String, T> parser;
    private final Map<String, T> parsed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MOST_TEMPLATES;
        }
    };

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
        if (text.length() <= LONGEST) {
            synchronized (parsed) {
                parsed.put(text, made);
            }
        }
        return made;
    }
}
