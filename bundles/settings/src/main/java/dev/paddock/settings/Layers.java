package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of several sources laid over one another. */
final class Layers {
    private final SortedMap<String, SortedMap<String, Setting>> byPid = new TreeMap<>();

    /**
     * Lays these on top. A null value uncovers nothing: it takes the key away, so that the component's default holds.
     */
    Layers with(List<Setting> settings) {
        for (Setting setting : settings) {
            var keys = byPid.computeIfAbsent(setting.pid(), _ -> new TreeMap<>());
            if (setting.value() == null) keys.remove(setting.key());
            else keys.put(setting.key(), setting);
        }
        return this;
    }

    /** By pid, then by key. */
    SortedMap<String, SortedMap<String, Setting>> byPid() {
        return byPid;
    }

    /** The settings of one configuration, by key. */
    SortedMap<String, Setting> of(String pid) {
        return byPid.getOrDefault(pid, new TreeMap<>());
    }

    /** All that is in effect, sorted by pid and key. */
    List<Setting> all() {
        return byPid.values().stream().flatMap(keys -> keys.values().stream()).toList();
    }

    /** How many different sources have a say. */
    long sources() {
        return all().stream().map(Setting::source).distinct().count();
    }

    static String shown(Object value) {
        return value instanceof Object[] list ? Arrays.toString(list) : String.valueOf(value);
    }
}
