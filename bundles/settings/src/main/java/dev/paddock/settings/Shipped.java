package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The settings that ship with Paddock: what keys there are and what kind of value each takes. */
final class Shipped {
    private final Map<String, Map<String, Setting>> byPid = new TreeMap<>();

    Shipped(List<Setting> settings) {
        settings.forEach(setting -> keys(setting.pid()).put(setting.key(), setting));
    }

    private Map<String, Setting> keys(String pid) {
        return byPid.computeIfAbsent(pid, _ -> new TreeMap<>());
    }

    /** The user's settings without those that name no key of ours or have the wrong kind of value. */
    List<Setting> checked(List<Setting> users, Consumer<String> complaints) {
        List<Setting> usable = new ArrayList<>();
        for (Setting setting : users) {
            var keys = byPid.get(setting.pid());
            // Configuration of bundles that came later, or of the platform: not ours to judge.
            if (keys == null || setting.pid().equals(HttpDefaults.PID)) {
                usable.add(setting);
                continue;
            }
            var complaint = complaint(setting, keys);
            if (complaint == null) usable.add(setting);
            else complaints.accept(setting.source() + ": " + complaint);
        }
        return usable;
    }

    private static String complaint(Setting setting, Map<String, Setting> keys) {
        var shipped = keys.get(setting.key());
        if (shipped == null) {
            return "\"" + setting.key() + "\" is not a setting of " + setting.pid() + " and has no effect; there are "
                    + String.join(", ", new TreeSet<>(keys.keySet()));
        }
        if (setting.value() == null || shipped.value() == null) return null;
        String wanted = kind(shipped.value());
        if (kind(setting.value()).equals(wanted)) return null;
        return "\"" + setting.key() + "\" must be a " + wanted + "; the default " + Layers.shown(shipped.value())
                + " stays";
    }

    private static String kind(Object value) {
        return switch (value) {
            case Number _ -> "number";
            case Boolean _ -> "true or false";
            case String[] _ -> "list of texts";
            default -> "text";
        };
    }
}
