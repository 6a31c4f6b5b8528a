package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.settings.SettingsEditor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings in memory: the engine's pins, and what is set besides. */
final class ScriptedSettings {
    final Map<Place, Object> set = new LinkedHashMap<>();
    final List<SettingChange> changes = new ArrayList<>();
    /** Decides everything while it is not empty. */
    volatile String variable = "";

    Settings settings(Path home) {
        return new Settings() {
            @Override
            public Path home() {
                return home;
            }

            @Override
            public List<Setting> all() {
                return set.keySet().stream().map(ScriptedSettings.this::setting).toList();
            }
        };
    }

    private Setting setting(Place place) {
        Object value = set.get(place);
        return new Setting(
                place.pid(),
                place.key(),
                value instanceof List<?> list ? list.toArray(String[]::new) : value,
                "a file");
    }

    SettingsEditor editor() {
        return new SettingsEditor() {
            @Override
            public List<KnownSetting> known() {
                return set.keySet().stream().map(ScriptedSettings.this::known).toList();
            }

            @Override
            public Outcome set(Place place, Object value, String by) {
                if (value.equals("wrong")) throw new PaddockException(Fault.INVALID_REQUEST, "it must be right");
                String id = Integer.toString(changes.size() + 1);
                changes.add(new SettingChange(id, Instant.EPOCH, by, place, set.get(place), value, false));
                set.put(place, value);
                Effect effect = variable.isEmpty() ? Effect.NOW : Effect.OVERRIDDEN;
                return new Outcome(ScriptedSettings.this.known(place), effect, variable);
            }

            @Override
            public Outcome unset(Place place, String by) {
                set.put(place, "default");
                return new Outcome(ScriptedSettings.this.known(place), Effect.NOW, "");
            }

            @Override
            public List<SettingChange> history() {
                return changes.reversed();
            }

            @Override
            public Outcome revert(String id, String by) {
                return unset(changes.get(Integer.parseInt(id) - 1).place(), by);
            }
        };
    }

    private KnownSetting known(Place place) {
        var declared = new Declaration("Name", "What.", Declaration.Type.TEXT, "", "default", List.of(), false);
        return new KnownSetting(setting(place), declared, null);
    }
}
