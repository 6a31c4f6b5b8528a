package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.settings.SettingsEditor;
import dev.paddock.api.settings.SettingsEditor.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which version of a backend is used though there is a newer one: the engine's setting {@code backends.pinned}, entries
 * like {@code vulkan=1.2.0}.
 */
final class Pins {
    static final Place PLACE = new Place("dev.paddock.engine", "backends.pinned");

    private final Settings settings;
    private final SettingsEditor editor;

    Pins(Settings settings, SettingsEditor editor) {
        this.settings = settings;
        this.editor = editor;
    }

    /** The versions by the backends' ids. */
    synchronized Map<String, String> all() {
        Map<String, String> pins = new LinkedHashMap<>();
        for (String entry : entries()) {
            int sign = entry.indexOf('=');
            if (sign > 0)
                pins.put(
                        entry.substring(0, sign).strip(),
                        entry.substring(sign + 1).strip());
        }
        return pins;
    }

    private List<String> entries() {
        return settings.all().stream()
                .filter(one -> one.pid().equals(PLACE.pid()) && one.key().equals(PLACE.key()))
                .filter(one -> one.value() instanceof String[])
                .flatMap(one -> List.of((String[]) one.value()).stream())
                .toList();
    }

    /**
     * Pins a version.
     *
     * @throws PaddockException with {@link Fault#STORE_FAILED} when it could not be kept; then nothing changed
     */
    synchronized void pin(String id, String version) {
        Map<String, String> pins = all();
        pins.put(id, version);
        write(pins);
    }

    /** Whether there was a pin; throws as {@link #pin}. */
    synchronized boolean unpin(String id) {
        Map<String, String> pins = all();
        if (pins.remove(id) == null) return false;
        write(pins);
        return true;
    }

    private void write(Map<String, String> pins) {
        List<String> entries = new ArrayList<>();
        pins.forEach((id, version) -> entries.add(id + "=" + version));
        var outcome = editor.set(PLACE, entries, "owner");
        if (outcome.effect() == Effect.OVERRIDDEN) throw new PaddockException(Fault.INVALID_REQUEST, outcome.note());
    }
}
