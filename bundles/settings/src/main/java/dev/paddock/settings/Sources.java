package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where settings come from; immutable.
 *
 * @param below defaults and shipped files
 * @param users the user's own, by pid and key
 * @param environment what wins over all
 * @param file names the user's file of a pid
 */
record Sources(
        List<Setting> below,
        Map<String, Map<String, Object>> users,
        List<Setting> environment,
        Function<String, String> file) {

    static Map<String, Map<String, Object>> byPid(List<Setting> settings) {
        Map<String, Map<String, Object>> byPid = new TreeMap<>();
        settings.forEach(setting ->
                byPid.computeIfAbsent(setting.pid(), _ -> new LinkedHashMap<>()).put(setting.key(), setting.value()));
        return byPid;
    }

    /** The user's settings of one configuration. */
    Map<String, Object> users(String pid) {
        return Collections.unmodifiableMap(users.getOrDefault(pid, Map.of()));
    }

    /** The same with other settings of the user in one configuration. */
    Sources with(String pid, Map<String, Object> keys) {
        Map<String, Map<String, Object>> changed = new TreeMap<>(users);
        changed.put(pid, keys);
        return new Sources(below, changed, environment, file);
    }

    /** All laid over one another. */
    Layers layers() {
        List<Setting> own = new ArrayList<>();
        users.forEach(
                (pid, keys) -> keys.forEach((key, value) -> own.add(new Setting(pid, key, value, file.apply(pid)))));
        return new Layers().with(below).with(own).with(environment);
    }
}
