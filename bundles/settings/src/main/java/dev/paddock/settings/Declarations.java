package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.SettingChange.Place;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What settings there are, by pid and key. */
final class Declarations {
    /** While nobody can tell: configurations are not judged then. */
    static final Declarations NONE = new Declarations(new TreeMap<>());

    private final SortedMap<String, SortedMap<String, Declaration>> byPid;

    Declarations(SortedMap<String, SortedMap<String, Declaration>> byPid) {
        this.byPid = byPid;
    }

    /** Whether somebody declares what may be in that configuration. */
    boolean knows(String pid) {
        return byPid.containsKey(pid);
    }

    Optional<Declaration> find(Place place) {
        return Optional.ofNullable(keys(place.pid()).get(place.key()));
    }

    /** The settings of one configuration. */
    Map<String, Declaration> keys(String pid) {
        return byPid.getOrDefault(pid, new TreeMap<>());
    }

    SortedMap<String, SortedMap<String, Declaration>> all() {
        return byPid;
    }
}
