package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Which version of a backend is used though there is a newer one: the engine's setting {@code backends.pinned}, entries
 * like {@code vulkan=1.2.0}. It is written into the user's settings file, for the next start, and into Config Admin, for
 * now.
 */
final class Pins {
    static final String PID = "dev.paddock.engine";
    static final String KEY = "backends.pinned";

    private final ConfigurationAdmin admin;
    private final Path file;

    /** @param home the directory of this installation's data */
    Pins(ConfigurationAdmin admin, Path home) {
        this.admin = admin;
        this.file = home.resolve("configs").resolve(PID + ".json");
    }

    /** The versions by the backends' ids. */
    synchronized Map<String, String> all() {
        Map<String, String> pins = new LinkedHashMap<>();
        for (String entry : entries(properties())) {
            int sign = entry.indexOf('=');
            if (sign > 0)
                pins.put(
                        entry.substring(0, sign).strip(),
                        entry.substring(sign + 1).strip());
        }
        return pins;
    }

    /** @throws PaddockException with {@link Fault#STORE_FAILED} when it could not be kept; then nothing changed */
    synchronized void pin(String id, String version) {
        Map<String, String> pins = all();
        pins.put(id, version);
        write(pins);
    }

    /** Whether there was a pin; throws as {@link #pin}. */
    synchronized boolean unpin(String id) {
        Map<String, String> pins = all();
        if (pins.remove(id) == null) return false;
        write(pins);
        return true;
    }

    private void write(Map<String, String> pins) {
        List<String> entries = new ArrayList<>();
        pins.forEach((id, version) -> entries.add(id + "=" + version));
        try {
            keep(entries);
            var properties = properties();
            properties.put(KEY, entries.toArray(String[]::new));
            configuration().updateIfDifferent(properties);
        } catch (IOException e) {
            throw new PaddockException(Fault.STORE_FAILED, file + " could not be written: " + e.getMessage(), e);
        }
    }

    private void keep(List<String> entries) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (Files.exists(file)) {
            settings.putAll(Json.parseObject(Files.readString(file))
                    .orElseThrow(() -> new IOException("it holds no JSON object; correct it first")));
        }
        settings.put(KEY, entries);
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(next, Json.write(settings).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String[] entries(Dictionary<String, Object> properties) {
        return switch (properties.get(KEY)) {
            case String[] many -> many;
            case String one when !one.isBlank() -> one.split(",");
            case null, default -> new String[0];
        };
    }

    @SuppressWarnings("JdkObsolete") // Config Admin takes nothing else
    private Dictionary<String, Object> properties() {
        try {
            Dictionary<String, Object> there = configuration().getProperties();
            return there == null ? new Hashtable<>() : there;
        } catch (IOException e) {
            throw new PaddockException(Fault.STORE_FAILED, "the settings cannot be read: " + e.getMessage(), e);
        }
    }

    private Configuration configuration() throws IOException {
        return admin.getConfiguration(PID, "?");
    }
}
