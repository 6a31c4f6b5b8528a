package dev.paddock.launcher;

import java.util.HashMap;
import java.util.Map;

/** The framework's properties. Bundles read those of the platform from here when Config Admin has nothing for them. */
final class FrameworkSettings {
    private static final String WATCH_INTERVAL_MS = "500";

    /** slf4j 1 and 2 are the same to a caller; console and health checks ask for [1.7,2). */
    private static final String LOGGING_PACKAGES = """
            org.slf4j;version="1.7.36",org.slf4j.event;version="1.7.36",org.slf4j.helpers;version="1.7.36",\
            org.slf4j.spi;version="1.7.36",org.slf4j;version="2.0.17",org.slf4j.event;version="2.0.17",\
            org.slf4j.helpers;version="2.0.17",org.slf4j.spi;version="2.0.17\"""";

    private FrameworkSettings() {}

    /** @param consolePasswordHash as the web console expects it */
    static Map<String, String> of(Layout layout, String consolePasswordHash) {
        var settings = new HashMap<String, String>();
        settings.put("paddock.install", layout.install().toString());
        settings.put("paddock.home", layout.home().toString());
        framework(settings, layout);
        watching(settings, layout);
        // Who comes in decides the bundle console; without it the console stays shut. The password is only there so
        // that
        // the usual one opens nothing at any moment.
        settings.put("felix.webconsole.security.providers", "paddock");
        settings.put("felix.webconsole.username", "admin");
        settings.put("felix.webconsole.password", consolePasswordHash);
        // The shell closes the framework when its standard input ends; operators come through the socket.
        settings.put("gosh.args", "--nointeractive");
        // Without a configuration Jetty would listen on all interfaces, on a port of its own choice.
        settings.put("org.apache.felix.http.require.config", "true");
        return settings;
    }

    private static void framework(Map<String, String> settings, Layout layout) {
        settings.put(
                "org.osgi.framework.storage", layout.cache().resolve("felix").toString());
        settings.put("org.osgi.framework.startlevel.beginning", Integer.toString(StartLevels.BEFORE_HTTP));
        settings.put("paddock.started.level", Integer.toString(StartLevels.OURS + 1));
        settings.put("org.osgi.framework.system.packages.extra", LOGGING_PACKAGES);
        // Handing pieces to other threads and back takes longer than they do.
        settings.put("felix.resolver.parallelism", "1");
        settings.put("felix.cm.dir", layout.cache().resolve("config").toString());
        settings.put("org.osgi.service.log.admin.loglevel", "INFO");
        settings.put("felix.log.level", "0"); // what the framework complains of is logged by the launcher
        // It would replace the URL class's own handlers by reflection, which Java 25 refuses with a stack trace at
        // every stop.
        settings.put("felix.service.urlhandlers", "false");
    }

    private static void watching(Map<String, String> settings, Layout layout) {
        settings.put("felix.fileinstall.dir", layout.bundles().toString());
        settings.put(
                "felix.fileinstall.tmpdir",
                layout.cache().resolve("fileinstall").toString());
        settings.put("felix.fileinstall.poll", WATCH_INTERVAL_MS);
        settings.put("felix.fileinstall.filter", "[^.].*\\.jar");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.start.level", Integer.toString(StartLevels.OURS));
        settings.put("felix.fileinstall.log.level", "3");
    }
}
