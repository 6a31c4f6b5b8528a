package dev.paddock.engine;

import dev.paddock.api.engine.Quarantined;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps models whose runners keep dying from being loaded again and again. Safe for many threads. */
final class Quarantine {
    /** Pairs that are remembered; beyond them those that died longest ago are forgotten. */
    private static final int MOST_SUSPECTS = 256;

    /**
     * What dies and comes back.
     *
     * @param model display name
     * @param weights its file
     * @param backends what it runs on
     */
    record Suspect(String model, Path weights, String backends) {}

    /**
     * When it is too much.
     *
     * @param deaths so many; 0 = never
     * @param window within this time
     * @param time how long it is not loaded then
     */
    record Rules(int deaths, Duration window, Duration time) {}

    /** The same weights under another name are the same suspect. */
    private record Key(Path weights, String backends) {
        static Key of(Suspect suspect) {
            return new Key(suspect.weights(), suspect.backends());
        }
    }

    private final InstantSource clock;
    private final Supplier<Rules> rules;
    private final Map<Key, Deque<Instant>> deaths = new HashMap<>();
    private final Map<Key, Quarantined> held = new HashMap<>();

    Quarantine(InstantSource clock, Supplier<Rules> rules) {
        this.clock = clock;
        this.rules = rules;
    }

    /**
     * One of its runners died, not by the server's own order.
     *
     * @return the quarantine that this death brought
     */
    synchronized Optional<Quarantined> died(Suspect suspect, String reason) {
        var rule = rules.get();
        var now = clock.instant();
        forget(now.minus(rule.window()));
        var times = deaths.computeIfAbsent(Key.of(suspect), _ -> new ArrayDeque<>());
        times.add(now);
        if (rule.deaths() == 0 || times.size() < rule.deaths()) return Optional.empty();
        deaths.remove(Key.of(suspect));
        var entry = new Quarantined(
                suspect.model(),
                suspect.backends(),
                "its runner died " + times.size() + " times within " + words(rule.window()) + "; the last time, "
                        + reason,
                now.plus(rule.time()));
        held.put(Key.of(suspect), entry);
        return Optional.of(entry);
    }

    private void forget(Instant before) {
        deaths.values().forEach(times -> times.removeIf(time -> time.isBefore(before)));
        deaths.values().removeIf(Deque::isEmpty);
        while (deaths.size() >= MOST_SUSPECTS) {
            deaths.entrySet().stream()
                    .min((a, b) -> a.getValue().getLast().compareTo(b.getValue().getLast()))
                    .ifPresent(oldest -> deaths.remove(oldest.getKey()));
        }
    }

    /** Why it must not be loaded now, if so. */
    synchronized Optional<Quarantined> check(Suspect suspect) {
        lapse();
        return Optional.ofNullable(held.get(Key.of(suspect)));
    }

    /** All that are not loaded now. */
    synchronized List<Quarantined> all() {
        lapse();
        return List.copyOf(held.values());
    }

    /** Lets go of a model of this name; false when there is none. */
    synchronized boolean release(String model) {
        lapse();
        return held.values().removeIf(entry -> entry.model().equals(model));
    }

    private void lapse() {
        var now = clock.instant();
        held.values().removeIf(entry -> !entry.until().isAfter(now));
    }

    private static String words(Duration time) {
        return time.toMinutes() > 1 ? time.toMinutes() + " minutes" : time.toMillis() / 1000.0 + " s";
    }
}
