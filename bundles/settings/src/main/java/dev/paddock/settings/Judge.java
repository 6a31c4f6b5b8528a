package dev.paddock.settings;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.SettingChange.Place;
import java.util.Map;
import java.util.TreeSet;

/** Decides whether a value may be set: by what is declared of the setting, and by the component that will use it. */
final class Judge {
    /** Longest text, or list, in characters. */
    private static final int LONGEST = 65_536;

    /** Asks the components that read a configuration. */
    @FunctionalInterface
    interface Components {
        /** @throws IllegalArgumentException when one could not work with these; a {@link PaddockException} as well */
        void check(String pid, Map<String, Object> values);
    }

    private final Components components;

    Judge(Components components) {
        this.components = components;
    }

    /**
     * The value as it is kept; null stays null, which takes a shipped value away.
     *
     * @throws IllegalArgumentException with the reason why it cannot be set
     */
    static Object value(Declarations declared, Place place, Object given) {
        if (!declared.knows(place.pid())) return given;
        Declaration declaration = declared.find(place).orElseThrow(() -> unknown(declared, place));
        if (given == null) return null;
        try {
            Object value = TypedValue.of(declaration.type(), given);
            requireShort(value);
            if (declaration.options().isEmpty() || declaration.options().contains(value.toString())) return value;
            throw new IllegalArgumentException("it must be one of " + String.join(", ", declaration.options()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    place + " cannot be " + Layers.shown(Secrets.shown(declaration, given)) + ": " + e.getMessage()
                            + ". " + declaration.description(),
                    e);
        }
    }

    private static void requireShort(Object value) {
        int length = value instanceof String[] list
                ? String.join(",", list).length()
                : value.toString().length();
        if (length > LONGEST) throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }

    private static IllegalArgumentException unknown(Declarations declared, Place place) {
        return new IllegalArgumentException("\"" + place.key() + "\" is not a setting of " + place.pid()
                + "; there are "
                + String.join(", ", new TreeSet<>(declared.keys(place.pid()).keySet())));
    }

    /**
     * Makes sure that a whole configuration can be used.
     *
     * @throws IllegalArgumentException with the reason of the component that could not
     */
    void require(String pid, Map<String, Object> values) {
        try {
            components.check(pid, values);
        } catch (PaddockException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
