package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.settings.UserEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays shipped files, the user's files and the environment over the defaults and fills Config Admin, once, when it is
 * activated. Nothing it finds wrong stops the start: it is logged with what to do, and the default stays. Immutable.
 */
@Component(service = Settings.class, immediate = true)
public final class LayeredSettings implements Settings {
    private static final Logger LOG = LoggerFactory.getLogger(LayeredSettings.class);
    private static final String CONFIGS = "configs";

    private final Path home;
    private final List<Setting> all;

    /** Reads everything; the directories come from the properties {@code paddock.install} and {@code paddock.home}. */
    @Activate
    public LayeredSettings(@Reference ConfigurationAdmin admin, BundleContext context) throws IOException {
        // The only place of the server that reads the environment.
        this(
                admin,
                Optional.ofNullable(context.getProperty("paddock.install")).map(Path::of),
                Optional.ofNullable(context.getProperty("paddock.home")).map(Path::of),
                System.getenv());
    }

    LayeredSettings(
            ConfigurationAdmin admin, Optional<Path> install, Optional<Path> home, Map<String, String> variables)
            throws IOException {
        long start = System.nanoTime();
        this.home = home.orElseGet(() -> UserEnvironment.home(variables)).toAbsolutePath();

        List<Setting> shipped = install.map(dir -> new JsonFiles(dir.resolve(CONFIGS), LOG::error).settings())
                .orElse(List.of());
        List<Setting> users = new JsonFiles(this.home.resolve(CONFIGS), LOG::error).settings();
        Layers layers = new Layers()
                .with(HttpDefaults.all())
                .with(shipped)
                .with(new Shipped(shipped).checked(users, LOG::warn))
                .with(new Environment(variables, LOG::warn).settings());
        new ConfigAdmin(admin).fill(layers.byPid());
        this.all = layers.all();

        long millis = (System.nanoTime() - start) / 1_000_000;
        LOG.info("configuration: {} values from {} sources in {} ms", all.size(), layers.sources(), millis);
        all.forEach(setting -> LOG.debug(
                "{} {} = {} ({})", setting.pid(), setting.key(), Layers.shown(setting.value()), setting.source()));
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public List<Setting> all() {
        return all;
    }
}
