package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** When each model was last used. In memory, and from time to time on the disk. Safe for many threads. */
final class LastUse {
    private final OwnFile file;
    private final Map<String, Long> millis = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean();

    LastUse(StoreLayout layout) {
        this.file = new OwnFile(layout.own().resolve("last-use.json"));
    }

    void now(ModelName name) {
        forgotten.remove(key(name));
        millis.put(key(name), System.currentTimeMillis());
        changed.set(true);
    }

    Optional<Instant> of(ModelName name) {
        return Optional.ofNullable(millis.get(key(name))).map(Instant::ofEpochMilli);
    }

    void forget(ModelName name) {
        if (millis.remove(key(name)) == null) return;
        forgotten.add(key(name));
        changed.set(true);
    }

    /** Takes in what earlier processes, and others on the same directory, wrote; the later time counts. */
    void load() {
        file.read().forEach((key, value) -> {
            if (value instanceof Number number && !forgotten.contains(key)) {
                millis.merge(key, number.longValue(), Math::max);
            }
        });
    }

    /** Forgets models that are no longer there. */
    void retain(Collection<ModelName> names) {
        Set<String> there = names.stream().map(LastUse::key).collect(Collectors.toSet());
        for (String key : Set.copyOf(millis.keySet())) {
            if (there.contains(key)) continue;
            millis.remove(key);
            forgotten.add(key);
            changed.set(true);
        }
    }

    /** Writes what is new to the disk. */
    synchronized void flush() {
        if (!changed.getAndSet(false)) return;
        load();
        Map<String, Long> all = new TreeMap<>(new HashMap<>(millis));
        file.write(all);
        forgotten.clear();
    }

    private static String key(ModelName name) {
        return name.full().toLowerCase(Locale.ROOT);
    }
}
