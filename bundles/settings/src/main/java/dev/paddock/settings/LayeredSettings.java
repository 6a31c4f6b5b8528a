package dev.paddock.settings;

import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.settings.SettingsEditor;
import dev.paddock.api.settings.UserEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays shipped files, the user's files and the environment over the defaults and fills Config Admin when it is activated;
 * then takes changes of files, of the web console and of whoever asks. Nothing it finds wrong stops the start: it is
 * logged with what to do, and the default stays. Safe for many threads.
 */
@Component(
        service = {Settings.class, SettingsEditor.class, LayeredSettings.class},
        immediate = true)
public final class LayeredSettings implements Settings, SettingsEditor {
    private static final Logger LOG = LoggerFactory.getLogger(LayeredSettings.class);
    private static final String CONFIGS = "configs";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long MOST_HISTORY_BYTES = 1 << 20;

    private final Path home;
    private final LiveConfiguration live;
    private final SettingsEditor editing;
    private final OutsideEdits outside;
    private final FileWatch watch;

    /**
     * Where settings come from.
     *
     * @param install the installation; empty when nobody said
     * @param home the user's data; empty: as the variables say
     * @param variables the environment
     */
    record Places(Optional<Path> install, Optional<Path> home, Map<String, String> variables) {
        Path ownHome() {
            return home.orElseGet(() -> UserEnvironment.home(variables)).toAbsolutePath();
        }
    }

    /**
     * Who has a say in what may be set, and how often files are looked at.
     *
     * @param components judge values
     * @param declarations what there is
     * @param pause between two looks
     */
    record Rules(Judge.Components components, Supplier<Declarations> declarations, Duration pause) {
        static Rules of(Neighbours neighbours) {
            return new Rules(neighbours, neighbours::declared, PAUSE);
        }
    }

    /** Reads everything; the directories come from the properties {@code paddock.install} and {@code paddock.home}. */
    @Activate
    public LayeredSettings(@Reference ConfigurationAdmin admin, BundleContext context) throws IOException {
        // The only place of the server that reads the environment.
        this(
                admin,
                new Places(
                        Optional.ofNullable(context.getProperty("paddock.install"))
                                .map(Path::of),
                        Optional.ofNullable(context.getProperty("paddock.home")).map(Path::of),
                        System.getenv()),
                Rules.of(new Neighbours(context)));
    }

    LayeredSettings(ConfigurationAdmin configurationAdmin, Places places, Rules rules) throws IOException {
        long start = System.nanoTime();
        this.home = places.ownHome();
        var admin = new ConfigAdmin(configurationAdmin);
        var files = new JsonFiles(home.resolve(CONFIGS), LOG::error);
        this.live = new LiveConfiguration(
                admin,
                sources(places, files),
                new LiveConfiguration.Parts(
                        files,
                        new History(home.resolve(History.FILE), MOST_HISTORY_BYTES),
                        new Judge(rules.components()),
                        rules.declarations()));
        this.editing = new Editing(live);
        this.outside = new OutsideEdits(admin, live);
        this.watch = new FileWatch(files::files, rules.pause(), outside::file);
        tell((System.nanoTime() - start) / 1_000_000);
    }

    private static Sources sources(Places places, JsonFiles files) {
        List<Setting> shipped = places.install()
                .map(dir -> new JsonFiles(dir.resolve(CONFIGS), LOG::error).settings())
                .orElse(List.of());
        List<Setting> users = new Shipped(shipped).checked(files.settings(), LOG::warn);
        return new Sources(
                new Layers().with(HttpDefaults.all()).with(shipped).all(),
                Sources.byPid(users),
                new Environment(places.variables(), LOG::warn).settings(),
                pid -> files.file(pid).toString());
    }

    private void tell(long millis) {
        var layers = live.layers();
        var all = layers.all();
        LOG.info("configuration: {} values from {} sources in {} ms", all.size(), layers.sources(), millis);
        all.forEach(setting -> LOG.debug(
                "{} {} = {} ({})", setting.pid(), setting.key(), Layers.shown(setting.value()), setting.source()));
    }

    /** Ends the watching of files. */
    @Deactivate
    public void close() {
        watch.close();
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public List<Setting> all() {
        return live.layers().all();
    }

    /** Config Admin says that a configuration changed. */
    void configurationChanged(String pid) {
        outside.configuration(pid);
    }

    @Override
    public List<KnownSetting> known() {
        return editing.known();
    }

    @Override
    public Outcome set(Place place, Object value, String by) {
        return editing.set(place, value, by);
    }

    @Override
    public Outcome unset(Place place, String by) {
        return editing.unset(place, by);
    }

    @Override
    public List<SettingChange> history() {
        return editing.history();
    }

    @Override
    public Outcome revert(String id, String by) {
        return editing.revert(id, by);
    }
}
