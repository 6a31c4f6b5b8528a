package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.SettingChange.Place;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What settings there are, by pid and key. Those of a factory are declared once for all {@code pid~name} of it. */
final class Declarations {
    /** While nobody can tell: configurations are not judged then. */
    static final Declarations NONE = new Declarations(new TreeMap<>());

    private final SortedMap<String, SortedMap<String, Declaration>> byPid;
    private final SortedMap<String, SortedMap<String, Declaration>> factories;

    Declarations(SortedMap<String, SortedMap<String, Declaration>> byPid) {
        this(byPid, new TreeMap<>());
    }

    Declarations(
            SortedMap<String, SortedMap<String, Declaration>> byPid,
            SortedMap<String, SortedMap<String, Declaration>> factories) {
        this.byPid = byPid;
        this.factories = factories;
    }

    /** Whether somebody declares what may be in that configuration. */
    boolean knows(String pid) {
        return !keys(pid).isEmpty();
    }

    Optional<Declaration> find(Place place) {
        return Optional.ofNullable(keys(place.pid()).get(place.key()));
    }

    /** The settings of one configuration. */
    SortedMap<String, Declaration> keys(String pid) {
        int tilde = pid.indexOf('~');
        if (tilde < 0) return byPid.getOrDefault(pid, new TreeMap<>());
        return factories.getOrDefault(pid.substring(0, tilde), new TreeMap<>());
    }

    /** All but those of factories, of which nobody knows how many there may be. */
    SortedMap<String, SortedMap<String, Declaration>> all() {
        return byPid;
    }
}
