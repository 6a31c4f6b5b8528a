package dev.paddock.scheduler;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which models are computed by one backend and no other.
 *
 * @param keys by the model's full name in lower case; without a version the newest
 */
record BackendPins(Map<String, BackendKey> keys) {
    static final BackendPins NONE = new BackendPins(Map.of());

    private static final String KEY = "backend.models";

    BackendPins {
        keys = Map.copyOf(keys);
    }

    /**
     * Reads the setting.
     *
     * @param entries each {@code MODEL=BACKEND} or {@code MODEL=BACKEND@VERSION}
     * @throws IllegalArgumentException naming the first entry that cannot be used
     */
    static BackendPins of(String... entries) {
        Map<String, BackendKey> keys = new HashMap<>();
        for (String entry : entries) {
            int cut = entry.lastIndexOf('=');
            if (cut < 0) throw wrong(entry, "write MODEL=BACKEND, like llama3.2:1b=vulkan or llama3.2:1b=cpu@1.0.0");
            var key = key(entry, entry.substring(cut + 1).strip());
            if (keys.put(name(entry, entry.substring(0, cut)), key) != null) {
                throw wrong(entry, "that model has a backend already; name one for each");
            }
        }
        return new BackendPins(keys);
    }

    private static BackendKey key(String entry, String text) {
        String[] parts = text.split("@", -1);
        boolean sound = parts.length <= 2 && parts[0].matches("[a-z0-9_-]+");
        if (!sound || (parts.length == 2 && !parts[1].matches("[0-9A-Za-z._-]+"))) {
            throw wrong(entry, "a backend is a short name like cpu or vulkan, with @ and a version if need be");
        }
        return new BackendKey(parts[0], parts.length == 2 ? parts[1] : "");
    }

    private static String name(String entry, String text) {
        try {
            return of(ModelName.parse(text.strip()));
        } catch (PaddockException e) {
            throw new IllegalArgumentException(text(entry, "\"" + text.strip() + "\" is no name of a model"), e);
        }
    }

    private static IllegalArgumentException wrong(String entry, String what) {
        return new IllegalArgumentException(text(entry, what));
    }

    private static String text(String entry, String what) {
        return RequestScheduler.PID + ": " + KEY + " has the entry \"" + entry + "\"; " + what;
    }

    private static String of(ModelName name) {
        return name.full().toLowerCase(Locale.ROOT);
    }

    /** The backend of a model, if it has one of its own. */
    Optional<BackendKey> forModel(ModelName model) {
        return Optional.ofNullable(keys.get(of(model)));
    }
}
