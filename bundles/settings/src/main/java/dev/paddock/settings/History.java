package dev.paddock.settings;

import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Who changed what and when: a file that only grows, a line of JSON a change. Where it gets too large, the older half
 * goes. Guarded by its user's lock.
 */
final class History {
    /** Its name in the home. */
    static final String FILE = "config-history.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Path file;
    private final long mostBytes;
    private List<SettingChange> changes;

    History(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /** The oldest first; read when it is asked for the first time. */
    List<SettingChange> all() {
        if (changes == null) changes = read();
        return List.copyOf(changes);
    }

    /** Remembers a change; that it cannot be written keeps nobody from changing settings. */
    SettingChange add(String by, Place place, Object before, Object after, boolean secret) {
        long last = all().isEmpty() ? 0 : Long.parseLong(changes.getLast().id());
        var change = new SettingChange(
                Long.toString(last + 1),
                Instant.now(),
                by,
                place,
                secret ? null : before,
                secret ? null : after,
                secret);
        changes.add(change);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, line(change), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (Files.size(file) > mostBytes) shorten();
        } catch (IOException e) {
            LOG.error("{} cannot be written, the change of {} is not remembered: {}", file, place, e.getMessage());
        }
        return change;
    }

    private void shorten() throws IOException {
        changes = new ArrayList<>(changes.subList(changes.size() / 2, changes.size()));
        Path next = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(
                next, String.join("", changes.stream().map(History::line).toList()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<SettingChange> read() {
        List<SettingChange> read = new ArrayList<>();
        if (!Files.exists(file)) return read;
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) read.add(change(FlatJson.read(line.getBytes(StandardCharsets.UTF_8))));
            }
        } catch (IOException | RuntimeException e) {
            // JacksonException and what a line of somebody else's makes of the fields.
            LOG.error("{} holds a line that is no change of a setting; what follows is not read: {}", file, why(e));
        }
        return read;
    }

    private static String why(Exception e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    private static SettingChange change(Map<String, Object> line) {
        String id = (String) line.get("id");
        Long.parseLong(id);
        return new SettingChange(
                id,
                Instant.parse((String) line.get("at")),
                (String) line.get("by"),
                new Place((String) line.get("pid"), (String) line.get("key")),
                line.get("before"),
                line.get("after"),
                Boolean.TRUE.equals(line.get("secret")));
    }

    private static String line(SettingChange change) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", change.id());
        line.put("at", change.at().toString());
        line.put("by", change.by());
        line.put("pid", change.place().pid());
        line.put("key", change.place().key());
        line.put("before", change.before());
        line.put("after", change.after());
        if (change.secret()) line.put("secret", true);
        return FlatJson.line(line) + "\n";
    }
}
