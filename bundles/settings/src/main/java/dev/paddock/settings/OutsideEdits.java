package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Declaration.Type;
import dev.paddock.api.settings.SettingChange.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that nobody asked us for: of files, by an editor; of Config Admin, by the web console. What cannot be is
 * complained of, and what was before stays.
 */
final class OutsideEdits {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideEdits.class);
    private static final String OURS = "dev.paddock.";

    private final ConfigAdmin admin;
    private final LiveConfiguration live;

    OutsideEdits(ConfigAdmin admin, LiveConfiguration live) {
        this.admin = admin;
        this.live = live;
    }

    /** A file came, changed or went. */
    void file(Path file) {
        String pid = JsonFiles.pid(file);
        try {
            synchronized (live) {
                Map<String, Object> wanted = Files.exists(file) ? wanted(file, pid) : Map.of();
                tell(pid, live.apply(pid, wanted, "file", false));
            }
        } catch (IllegalArgumentException e) {
            LOG.error("{}: {}; all of the file stays as it was before", file, e.getMessage());
        } catch (IOException e) {
            LOG.error("{}; what the file said before stays", e.getMessage());
        }
    }

    private Map<String, Object> wanted(Path file, String pid) throws IOException {
        Map<String, Object> before = live.users(pid);
        Map<String, Object> wanted = new LinkedHashMap<>();
        Declarations declared = live.declarations();
        JsonFiles.read(file).forEach((key, given) -> {
            Place place = new Place(pid, key);
            try {
                requireKind(declared, place, given);
                wanted.put(key, Judge.value(declared, place, given));
            } catch (IllegalArgumentException e) {
                LOG.error("{}: {} What it was before stays.", file, e.getMessage());
                if (before.containsKey(key)) wanted.put(key, before.get(key));
            }
        });
        return wanted;
    }

    /** A text that stands for a number is good on a command line; in a file the next start would refuse it. */
    private static void requireKind(Declarations declared, Place place, Object given) {
        Type type = declared.find(place).map(Declaration::type).orElse(Type.TEXT);
        if (given instanceof String && type != Type.TEXT) {
            throw new IllegalArgumentException(place + " must be " + type.words() + ", without quotes around it.");
        }
    }

    /** Config Admin says that a configuration changed; we may have done it. */
    void configuration(String pid) {
        try {
            synchronized (live) {
                Map<String, Object> filled = live.filled(pid);
                if (filled.isEmpty() && !pid.startsWith(OURS)) return;
                var now = admin.read(pid);
                if (now.isEmpty() && filled.isEmpty()) return;
                Set<String> differing = LiveConfiguration.differing(filled, now.orElse(Map.of()));
                if (differing.isEmpty() && now.isPresent()) return;
                try {
                    take(pid, now.orElse(Map.of()), differing);
                } finally {
                    live.fill(pid);
                }
            }
        } catch (IllegalArgumentException e) {
            LOG.error("a change in the console is taken back: {}", e.getMessage());
        } catch (IOException e) {
            LOG.error("a change of {} in the console is lost at the next start: {}", pid, e.getMessage());
        }
    }

    private void take(String pid, Map<String, Object> now, Set<String> differing) throws IOException {
        Map<String, Object> wanted = new LinkedHashMap<>(live.users(pid));
        Declarations declared = live.declarations();
        for (String key : differing) {
            if (now.containsKey(key)) wanted.put(key, Judge.value(declared, new Place(pid, key), now.get(key)));
            else wanted.remove(key);
        }
        tell(pid, live.apply(pid, wanted, "console", true));
    }

    private void tell(String pid, Set<String> changed) {
        for (String key : changed) {
            Place place = new Place(pid, key);
            live.overriding(place).ifPresent(variable -> LOG.warn("{}: {}", place, Editing.overridden(variable)));
            boolean waits =
                    live.declarations().find(place).map(Declaration::nextStart).orElse(false);
            if (waits) LOG.warn("{}: {}", place, Editing.NEXT_START);
        }
    }
}
