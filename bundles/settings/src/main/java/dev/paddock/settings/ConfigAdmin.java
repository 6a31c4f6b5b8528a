package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Config Admin, filled from our settings. What did not change is not written, so that no component restarts for it. */
final class ConfigAdmin {
    /** Marks configurations as ours, so that one whose file is gone is found again after a restart. */
    private static final String MARK = "paddock.settings";

    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;

    ConfigAdmin(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Makes the configurations that are ours be exactly these. */
    void fill(SortedMap<String, SortedMap<String, Setting>> byPid) throws IOException {
        for (Map.Entry<String, SortedMap<String, Setting>> entry : byPid.entrySet()) {
            Map<String, Object> values = new TreeMap<>();
            entry.getValue().forEach((key, setting) -> values.put(key, setting.value()));
            put(entry.getKey(), values);
        }
        deleteOursBut(byPid.keySet());
    }

    /** Makes one configuration be exactly this. */
    @SuppressWarnings("JdkObsolete") // Config Admin takes nothing else
    void put(String pid, Map<String, Object> values) throws IOException {
        Hashtable<String, Object> properties = new Hashtable<>(values);
        properties.put(MARK, true);
        configuration(pid).updateIfDifferent(properties);
    }

    /** Makes a configuration be gone. */
    void remove(String pid) throws IOException {
        for (Configuration configuration : list("(service.pid=" + pid + ")")) configuration.delete();
    }

    /** What is in a configuration, whoever put it there; empty when there is none. */
    Optional<Map<String, Object>> read(String pid) throws IOException {
        Configuration[] found = list("(service.pid=" + pid + ")");
        if (found.length == 0) return Optional.empty();
        Dictionary<String, Object> properties = found[0].getProperties();
        Map<String, Object> values = new TreeMap<>();
        if (properties == null) return Optional.of(values);
        for (String key : Collections.list(properties.keys())) {
            if (!key.equals(MARK) && !key.startsWith("service.")) values.put(key, properties.get(key));
        }
        return Optional.of(values);
    }

    private Configuration configuration(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        if (tilde < 0) return admin.getConfiguration(pid, ANY_BUNDLE);
        return admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), ANY_BUNDLE);
    }

    private void deleteOursBut(Set<String> pids) throws IOException {
        for (Configuration configuration : list("(" + MARK + "=true)")) {
            if (!pids.contains(configuration.getPid())) configuration.delete();
        }
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
