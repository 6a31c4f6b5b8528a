package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Blobs whose content was read, or written by us, and has the digest of its name; true as long as the file has that time
 * and size. Safe for many threads.
 */
final class Proofs {
    /** More than these would make the file larger than is read back; the smallest blobs are read again then. */
    private static final int MOST_KEPT = 30_000;

    /**
     * A file's time in milliseconds and its size in bytes.
     *
     * @param size -1 when it is not there
     */
    record Mark(long time, long size) {
        static Mark of(Stamp stamp) {
            return stamp.size() < 0
                    ? new Mark(0, -1)
                    : new Mark(stamp.modified().toMillis(), stamp.size());
        }
    }

    private final OwnFile file;
    private final Map<Digest, Mark> marks = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();

    Proofs(StoreLayout layout) {
        this.file = new OwnFile(layout.own().resolve("verified.json"));
    }

    /** Recalls what earlier processes read. */
    void load() {
        file.read().forEach((key, value) -> {
            boolean sound = value instanceof List<?> list
                    && list.size() == 2
                    && list.get(0) instanceof Number
                    && list.get(1) instanceof Number;
            if (!sound || !key.matches("[0-9a-f]{64}")) return;
            List<?> numbers = (List<?>) value;
            long time = ((Number) numbers.get(0)).longValue();
            marks.putIfAbsent(new Digest(key), new Mark(time, ((Number) numbers.get(1)).longValue()));
        });
    }

    /** Whether the file was read as it is now. */
    boolean has(Digest digest, Stamp now) {
        return Mark.of(now).equals(marks.get(digest));
    }

    void add(Digest digest, Stamp asRead) {
        if (asRead.size() < 0) return;
        Mark mark = Mark.of(asRead);
        if (!mark.equals(marks.put(digest, mark))) changed.set(true);
    }

    void remove(Digest digest) {
        if (marks.remove(digest) != null) changed.set(true);
    }

    /** Writes what is new to the disk. */
    synchronized void flush() {
        if (!changed.getAndSet(false)) return;
        Map<String, Object> json = new LinkedHashMap<>();
        marks.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue().size()))
                .limit(MOST_KEPT)
                .forEach(e -> json.put(
                        e.getKey().hex(),
                        List.of(e.getValue().time(), e.getValue().size())));
        file.write(json);
    }
}
