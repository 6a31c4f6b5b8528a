package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.SettingChange.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in force, and the one way in which it changes: judged first, then kept, then applied, then remembered. Guarded
 * by its own lock, which those hold who read before they change.
 */
final class LiveConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);

    private final ConfigAdmin admin;
    private final JsonFiles files;
    private final History history;
    private final Judge judge;
    private final Supplier<Declarations> declarations;
    /** What those go on with who read their settings once. */
    private final SortedMap<String, SortedMap<String, Setting>> atStart;

    private final Map<String, Map<String, Object>> filled = new TreeMap<>();
    private Sources sources;
    private Layers layers;

    /** The parts that it needs to judge, keep and remember. */
    record Parts(JsonFiles files, History history, Judge judge, Supplier<Declarations> declarations) {}

    LiveConfiguration(ConfigAdmin admin, Sources sources, Parts parts) throws IOException {
        this.admin = admin;
        this.files = parts.files();
        this.history = parts.history();
        this.judge = parts.judge();
        this.declarations = parts.declarations();
        this.sources = sources;
        this.layers = sources.layers();
        this.atStart = layers.byPid();
        admin.fill(atStart);
        atStart.keySet().forEach(pid -> filled.put(pid, values(atStart.get(pid))));
    }

    private static Map<String, Object> values(SortedMap<String, Setting> settings) {
        Map<String, Object> values = new TreeMap<>();
        settings.forEach((key, setting) -> values.put(key, setting.value()));
        return values;
    }

    /** All that is set, with what waits for the next start. */
    synchronized Layers layers() {
        return layers;
    }

    /** All that was set when the server started. */
    SortedMap<String, SortedMap<String, Setting>> atStart() {
        return atStart;
    }

    Declarations declarations() {
        return declarations.get();
    }

    History history() {
        return history;
    }

    JsonFiles files() {
        return files;
    }

    /** The user's settings of one configuration. */
    synchronized Map<String, Object> users(String pid) {
        return sources.users(pid);
    }

    /** What was put into Config Admin last; empty when that configuration is not ours. */
    synchronized Map<String, Object> filled(String pid) {
        return filled.getOrDefault(pid, Map.of());
    }

    /**
     * Makes the user's settings of one configuration be these.
     *
     * @param keep whether the user's file does not say so yet
     * @return the keys that changed
     * @throws IllegalArgumentException when a component could not work with them; then nothing changed
     * @throws IOException when the file could not be written; then nothing changed
     */
    synchronized Set<String> apply(String pid, Map<String, Object> wanted, String by, boolean keep) throws IOException {
        Map<String, Object> before = sources.users(pid);
        Set<String> changed = differing(before, wanted);
        if (changed.isEmpty()) return changed;
        Sources next = sources.with(pid, wanted);
        Layers laid = next.layers();
        judge.require(pid, values(laid.of(pid)));
        if (keep) keep(pid, wanted, changed);
        sources = next;
        layers = laid;
        fill(pid);
        for (String key : changed) remember(by, new Place(pid, key), before.get(key), wanted.get(key));
        return changed;
    }

    static Set<String> differing(Map<String, Object> one, Map<String, Object> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(
                key -> one.containsKey(key) == other.containsKey(key) && TypedValue.same(one.get(key), other.get(key)));
        return keys;
    }

    /** What else is in the file stays, whatever it is. */
    private void keep(String pid, Map<String, Object> wanted, Set<String> changed) throws IOException {
        Path file = files.file(pid);
        Map<String, Object> said = Files.exists(file) ? JsonFiles.read(file) : new LinkedHashMap<>();
        for (String key : changed) {
            if (wanted.containsKey(key)) said.put(key, wanted.get(key));
            else said.remove(key);
        }
        JsonFiles.write(file, said);
    }

    /** Puts what is in force into Config Admin; what counts from the next start only stays as it was at this one. */
    synchronized void fill(String pid) throws IOException {
        Map<String, Object> values = values(layers.of(pid));
        var started = atStart.getOrDefault(pid, new TreeMap<>());
        declarations.get().keys(pid).forEach((key, declared) -> {
            if (!declared.nextStart()) return;
            if (started.containsKey(key)) values.put(key, started.get(key).value());
            else values.remove(key);
        });
        filled.put(pid, values);
        // One of several that has no settings any more is no longer there.
        if (values.isEmpty() && pid.indexOf('~') >= 0) admin.remove(pid);
        else admin.put(pid, values);
    }

    private void remember(String by, Place place, Object before, Object after) {
        boolean secret = declarations
                .get()
                .find(place)
                .map(declared -> Secrets.in(declared, before) || Secrets.in(declared, after))
                .orElse(true);
        history.add(by, place, before, after, secret);
        String shown = secret ? "a value that is not shown" : after == null ? "nothing" : Layers.shown(after);
        LOG.info("{} set {} to {}", by, place, shown);
    }

    /** The environment variable that decides a setting, whatever files say. */
    synchronized Optional<String> overriding(Place place) {
        return Optional.ofNullable(layers.of(place.pid()).get(place.key()))
                .map(Setting::source)
                .filter(environment()::contains);
    }

    /** The variables that have a say. */
    Set<String> environment() {
        Set<String> names = new TreeSet<>();
        sources.environment().forEach(setting -> names.add(setting.source()));
        return names;
    }
}
