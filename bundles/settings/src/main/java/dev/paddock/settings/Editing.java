package dev.paddock.settings;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.SettingsEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Settings as people see and change them, one at a time. */
final class Editing implements SettingsEditor {
    static final String NEXT_START = "it counts from the next start of the server";

    private final LiveConfiguration live;

    Editing(LiveConfiguration live) {
        this.live = live;
    }

    @Override
    public List<KnownSetting> known() {
        List<KnownSetting> known = new ArrayList<>();
        Declarations declared = live.declarations();
        SortedSet<String> pids = new TreeSet<>(declared.all().keySet());
        pids.addAll(live.layers().byPid().keySet());
        for (String pid : pids) {
            declared.keys(pid).forEach((key, one) -> known.add(known(new Place(pid, key), one)));
        }
        return known;
    }

    private KnownSetting known(Place place, Declaration declared) {
        Setting next = live.layers().of(place.pid()).get(place.key());
        Object configured = next == null ? declared.fallback() : next.value();
        var started = live.atStart().get(place.pid());
        // A bundle that came later read its settings when it came.
        if (!declared.nextStart() || started == null)
            return new KnownSetting(seen(place, next, declared), declared, null);
        Setting first = started.get(place.key());
        Object value = first == null ? declared.fallback() : first.value();
        Object pending = TypedValue.same(value, configured) ? null : Secrets.shown(declared, configured);
        return new KnownSetting(seen(place, first, declared), declared, pending);
    }

    private Setting seen(Place place, Setting setting, Declaration declared) {
        Object value = setting == null ? declared.fallback() : setting.value();
        boolean usual = setting == null
                || TypedValue.same(value, declared.fallback())
                        && !live.users(place.pid()).containsKey(place.key())
                        && !live.environment().contains(setting.source());
        return new Setting(
                place.pid(), place.key(), Secrets.shown(declared, value), usual ? "default" : setting.source());
    }

    @Override
    public Outcome set(Place place, Object value, String by) {
        return change(place, by, users -> users.put(place.key(), Judge.value(live.declarations(), place, value)));
    }

    @Override
    public Outcome unset(Place place, String by) {
        return change(place, by, users -> users.remove(place.key()));
    }

    /** Changes the user's settings of one configuration. */
    private interface Edit {
        void of(Map<String, Object> users);
    }

    private Outcome change(Place place, String by, Edit edit) {
        Declaration declared = live.declarations()
                .find(place)
                .orElseThrow(() -> wrong("there is no setting " + place + "; paddock config list shows all", null));
        try {
            Set<String> changed;
            synchronized (live) {
                Map<String, Object> users = new LinkedHashMap<>(live.users(place.pid()));
                edit.of(users);
                changed = live.apply(place.pid(), users, by, true);
            }
            return outcome(known(place, declared), !changed.isEmpty());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage(), e);
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.STORE_FAILED, place + " could not be changed: " + e.getMessage() + "; nothing changed", e);
        }
    }

    private Outcome outcome(KnownSetting now, boolean changed) {
        var variable =
                live.overriding(new Place(now.setting().pid(), now.setting().key()));
        if (variable.isPresent()) return new Outcome(now, Effect.OVERRIDDEN, overridden(variable.get()));
        if (now.pending() != null) return new Outcome(now, Effect.NEXT_START, NEXT_START);
        return new Outcome(now, changed ? Effect.NOW : Effect.NONE, "");
    }

    static String overridden(String variable) {
        return variable + " of the environment decides while it is set; the change is kept for when it is not";
    }

    @Override
    public List<SettingChange> history() {
        synchronized (live) {
            return live.history().all().reversed();
        }
    }

    @Override
    public Outcome revert(String id, String by) {
        SettingChange change = history().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> wrong("no change " + id + " is remembered; paddock config history lists them", null));
        if (change.secret())
            throw wrong("change " + id + " was of a secret, which is not remembered; set it anew", null);
        if (change.before() == null) return unset(change.place(), by);
        return set(change.place(), change.before(), by);
    }

    private static PaddockException wrong(String message, Throwable cause) {
        return new PaddockException(Fault.INVALID_REQUEST, message, cause);
    }
}
