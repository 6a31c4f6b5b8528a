package dev.paddock.dialect.openai.responses;

import dev.paddock.api.security.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps responses in memory, so that the next one can go on from them. What was not used for longest goes first. Nobody
 * sees those of another identity. Safe for many threads.
 */
public final class ResponseStore {
    private final Limits limits;
    private final InstantSource clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * How much is kept.
     *
     * @param count most responses; 0 = none
     * @param bytes most bytes of all
     * @param age how long one is kept that nobody uses
     */
    public record Limits(int count, long bytes, Duration age) {}

    private record Key(String owner, String id) {}

    private static final class Entry {
        private final KeptResponse response;
        private Instant used;

        Entry(KeptResponse response, Instant used) {
            this.response = response;
            this.used = used;
        }
    }

    /** An empty store. */
    public ResponseStore(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** @return false when it is larger than all that may be kept */
    synchronized boolean keep(Identity owner, KeptResponse response) {
        if (response.bytes() > limits.bytes() || limits.count() == 0) return false;
        Entry before = entries.put(new Key(owner.name(), response.id()), new Entry(response, clock.instant()));
        if (before != null) bytes -= before.response.bytes();
        bytes += response.bytes();
        forget();
        return true;
    }

    /** A response; it counts as used. */
    synchronized Optional<KeptResponse> find(Identity owner, String id) {
        forget();
        return Optional.ofNullable(entries.get(new Key(owner.name(), id))).map(entry -> {
            entry.used = clock.instant();
            return entry.response;
        });
    }

    /** @return false when there is none */
    synchronized boolean remove(Identity owner, String id) {
        forget();
        Entry entry = entries.remove(new Key(owner.name(), id));
        if (entry != null) bytes -= entry.response.bytes();
        return entry != null;
    }

    /** The response of this owner that has an item of this id. */
    synchronized Optional<KeptResponse> holding(Identity owner, String itemId) {
        forget();
        List<String> holders = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (key.owner().equals(owner.name()) && entry.response.itemIds().contains(itemId)) holders.add(key.id());
        });
        return holders.isEmpty() ? Optional.empty() : find(owner, holders.getLast());
    }

    /** How many there are. */
    synchronized int size() {
        forget();
        return entries.size();
    }

    private void forget() {
        Instant oldest = clock.instant().minus(limits.age());
        Iterator<Entry> longestUnused = entries.values().iterator();
        while (longestUnused.hasNext()) {
            Entry entry = longestUnused.next();
            boolean fits = entries.size() <= limits.count() && bytes <= limits.bytes();
            if (fits && !entry.used.isBefore(oldest)) return;
            longestUnused.remove();
            bytes -= entry.response.bytes();
        }
    }
}
