package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
    @SuppressWarnings("JdkObsolete") // Config Admin takes nothing else
    void fill(SortedMap<String, SortedMap<String, Setting>> byPid) throws IOException {
        for (Map.Entry<String, SortedMap<String, Setting>> entry : byPid.entrySet()) {
            Hashtable<String, Object> properties = new Hashtable<>();
            entry.getValue().forEach((key, setting) -> properties.put(key, setting.value()));
            properties.put(MARK, true);
            configuration(entry.getKey()).updateIfDifferent(properties);
        }
        deleteOursBut(byPid.keySet());
    }

    private Configuration configuration(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        if (tilde < 0) return admin.getConfiguration(pid, ANY_BUNDLE);
        return admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), ANY_BUNDLE);
    }

    private void deleteOursBut(Set<String> pids) throws IOException {
        Configuration[] ours;
        try {
            ours = admin.listConfigurations("(" + MARK + "=true)");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (ours == null) return;
        for (Configuration configuration : ours) {
            if (!pids.contains(configuration.getPid())) configuration.delete();
        }
    }
}
