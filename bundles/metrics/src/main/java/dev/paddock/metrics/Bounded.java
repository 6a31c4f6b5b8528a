package dev.paddock.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of one label: the first so many stand for themselves, all that come later are {@value #OTHER}, so that nobody can
 * fill the memory by inventing names. Safe for many threads.
 */
final class Bounded {
    static final String OTHER = "other";

    private volatile int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Bounded(int most) {
        this.most = most;
    }

    /** Counts for those that come from now on. */
    void most(int values) {
        most = values;
    }

    String of(String value) {
        if (value.isEmpty()) return OTHER;
        if (known.contains(value)) return value;
        synchronized (this) {
            return known.size() < most && known.add(value) || known.contains(value) ? value : OTHER;
        }
    }
}
