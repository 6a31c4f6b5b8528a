package dev.paddock.dialect.kit;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which fields without effect were told, so that a client that always sends one fills no log. Thread-safe. */
final class IgnoredFields {
    /** Paths and fields that are remembered; what comes after them was chosen to fill the log and is not told. */
    static final int MOST = 1_000;

    private record Field(String path, String name) {}

    private final Set<Field> told = ConcurrentHashMap.newKeySet();

    /** Those of the names that were not told before for this path. */
    List<String> news(String path, Collection<String> names) {
        return names.stream()
                .filter(name -> told.size() < MOST && told.add(new Field(path, name)))
                .toList();
    }
}
