package dev.paddock.settings;

import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Config Admin in memory; counts what is written. */
final class FakeConfigurationAdmin implements ConfigurationAdmin {
    final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();
    int writes;

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return new Stored(pid);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        return new Stored(factoryPid + "~" + name);
    }

    @Override
    public Configuration[] listConfigurations(String filter) {
        String mark = filter.substring(1, filter.indexOf('='));
        if (mark.equals("service.pid")) {
            String pid = filter.substring(filter.indexOf('=') + 1, filter.length() - 1);
            return stored.containsKey(pid) ? new Configuration[] {new Stored(pid)} : null;
        }
        return stored.entrySet().stream()
                .filter(e -> Boolean.TRUE.equals(e.getValue().get(mark)))
                .map(e -> (Configuration) new Stored(e.getKey()))
                .toArray(Configuration[]::new);
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException("would be bound to the bundle that asks");
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException("would be bound to the bundle that asks");
    }

    private static Map<String, Object> asMap(Dictionary<String, ?> dictionary) {
        Map<String, Object> map = new TreeMap<>();
        for (Enumeration<String> keys = dictionary.keys(); keys.hasMoreElements(); ) {
            String key = keys.nextElement();
            map.put(key, dictionary.get(key));
        }
        return map;
    }

    private final class Stored implements Configuration {
        private final String pid;

        Stored(String pid) {
            this.pid = pid;
        }

        @Override
        public String getPid() {
            return pid;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return stored.get(pid);
        }

        @Override
        public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
            return getProperties();
        }

        @Override
        public void update(Dictionary<String, ?> properties) {
            writes++;
            stored.put(pid, new Hashtable<>(asMap(properties)));
        }

        @Override
        public boolean updateIfDifferent(Dictionary<String, ?> properties) {
            var old = stored.get(pid);
            if (old != null && asMap(old).equals(asMap(properties))) return false;
            update(properties);
            return true;
        }

        @Override
        public void delete() {
            writes++;
            stored.remove(pid);
        }

        @Override
        public String getFactoryPid() {
            return pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : null;
        }

        @Override
        public void update() {}

        @Override
        public void setBundleLocation(String location) {}

        @Override
        public String getBundleLocation() {
            return "?";
        }

        @Override
        public long getChangeCount() {
            return writes;
        }

        @Override
        public void addAttributes(ConfigurationAttribute... attributes) {}

        @Override
        public Set<ConfigurationAttribute> getAttributes() {
            return Set.of();
        }

        @Override
        public void removeAttributes(ConfigurationAttribute... attributes) {}
    }
}
