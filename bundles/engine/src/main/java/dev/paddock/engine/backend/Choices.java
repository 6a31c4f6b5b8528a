package dev.paddock.engine.backend;

import dev.paddock.api.engine.BackendKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operator decided about backends.
 *
 * @param pinned the version of a backend, by its id, that is used though newer ones are installed
 * @param off ids of backends that are not used
 */
public record Choices(Map<String, String> pinned, Set<String> off) {
    /** Nothing was decided: the newest of all. */
    public static final Choices NONE = new Choices(Map.of(), Set.of());

    public Choices {
        pinned = Map.copyOf(pinned);
        off = Set.copyOf(off);
    }

    /**
     * Reads them as settings write them.
     *
     * @param pins {@code id=version} each
     * @param off ids
     * @throws IllegalArgumentException in words, for what cannot be meant
     */
    public static Choices of(List<String> pins, List<String> off) {
        Map<String, String> pinned = new HashMap<>();
        for (String pin : pins) {
            String[] parts = pin.strip().split("=", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("backends.pinned has " + pin + "; write ID=VERSION");
            }
            String other = pinned.put(parts[0].strip(), parts[1].strip());
            if (other != null) {
                throw new IllegalArgumentException(
                        "backends.pinned has " + parts[0] + " twice; one version can be used");
            }
        }
        List<String> ids =
                off.stream().map(String::strip).filter(id -> !id.isEmpty()).toList();
        if (ids.contains(BackendKey.CPU)) {
            throw new IllegalArgumentException("backends.off has cpu, which every model needs; leave it out");
        }
        return new Choices(pinned, Set.copyOf(ids));
    }
}
