package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs that cannot be used. One that comes back as another file is taken to be sound again. What was found by reading is
 * remembered over restarts. Safe for many threads; asking costs nothing while all is well.
 */
final class DamageBook {
    private static final Logger LOG = LoggerFactory.getLogger(DamageBook.class);

    /**
     * @param reason in words, to follow "blob x"
     * @param judged the file as it was; size -1 when there was none
     * @param lasting whether it took reading the content to find out
     */
    private record Entry(String reason, Proofs.Mark judged, boolean lasting) {}

    private final StoreLayout layout;
    private final OwnFile file;
    private final Map<Digest, Entry> entries = new ConcurrentHashMap<>();

    DamageBook(StoreLayout layout) {
        this.layout = layout;
        this.file = new OwnFile(layout.own().resolve("damaged.json"));
    }

    /** Recalls what earlier processes found. */
    void load() {
        file.read().forEach((key, value) -> {
            if (!(value instanceof Map<?, ?> map) || !key.matches("[0-9a-f]{64}")) return;
            long size = map.containsKey("size") ? Json.number(map, "size") : -1;
            var judged = new Proofs.Mark(Json.number(map, "time"), size);
            entries.putIfAbsent(new Digest(key), new Entry(Json.text(map, "reason"), judged, true));
        });
    }

    /** Why a blob cannot be used; empty when nothing is known against it. */
    Optional<String> reason(Digest digest) {
        if (entries.isEmpty()) return Optional.empty();
        Entry entry = entries.get(digest);
        if (entry == null) return Optional.empty();
        Path blob = layout.blob(digest);
        var now = Proofs.Mark.of(Stamp.of(blob));
        if (now.size() < 0 || now.equals(entry.judged())) return Optional.of(entry.reason());
        healed(digest);
        return Optional.empty();
    }

    /** Whether anything at all is known to be damaged. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Everything damaged, with the reasons. */
    Map<Digest, String> all() {
        Map<Digest, String> all = new LinkedHashMap<>();
        List.copyOf(entries.keySet()).forEach(digest -> reason(digest).ifPresent(why -> all.put(digest, why)));
        return all;
    }

    /** The file is there no more, or is not as large as it should be. What reading found before says more. */
    void suspect(Digest digest, String reason, Stamp judged) {
        entries.merge(
                digest,
                new Entry(reason, Proofs.Mark.of(judged), false),
                (known, fresh) -> known.lasting() ? known : fresh);
    }

    /** Reading the file showed that its content is another. */
    void condemn(Digest digest, String reason, Stamp judged) {
        Entry before = entries.put(digest, new Entry(reason, Proofs.Mark.of(judged), true));
        if (before == null || !before.reason().equals(reason)) LOG.warn("blob {} {}", digest, reason);
        save();
    }

    /** The blob is sound. */
    void healed(Digest digest) {
        Entry entry = entries.remove(digest);
        if (entry != null && entry.lasting()) save();
    }

    /** Forgets what looking at names and sizes found, before that is done again. */
    void clearSuspects() {
        entries.values().removeIf(entry -> !entry.lasting());
    }

    private synchronized void save() {
        Map<String, Object> json = new LinkedHashMap<>();
        entries.forEach((digest, entry) -> {
            if (!entry.lasting()) return;
            Map<String, Object> facts = new LinkedHashMap<>(Map.of("reason", entry.reason()));
            if (entry.judged().size() >= 0) {
                facts.put("time", entry.judged().time());
                facts.put("size", entry.judged().size());
            }
            json.put(digest.hex(), facts);
        });
        file.write(json);
    }
}
