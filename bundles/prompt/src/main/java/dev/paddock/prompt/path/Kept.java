package dev.paddock.prompt.path;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What was found out last, up to a number of things; the one not asked for longest goes. Safe for many threads. */
final class Kept<K, V> {
    private final Map<K, V> known;

    Kept(int most) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What is known under a key, or is found out now: two who ask at once may both find out. */
    V get(K key, Supplier<V> finding) {
        synchronized (known) {
            V found = known.get(key);
            if (found != null) return found;
        }
        V found = finding.get();
        synchronized (known) {
            known.put(key, found);
        }
        return found;
    }
}
