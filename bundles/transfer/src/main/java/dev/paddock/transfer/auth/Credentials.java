package dev.paddock.transfer.auth;

import dev.paddock.json.Json;
import dev.paddock.transfer.net.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator has for single registries, in a file that only the owner can read:
 * {@code {"registry.example:5000": {"username": "...", "password": "..."}, "hf.co": {"token": "..."}}}.
 * What is for a registry without TLS has {@code http://} in front of its host, so that nobody who may ask for plain HTTP
 * makes a secret readable on the way.
 */
public final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final int MAX_BYTES = 1 << 20;

    private final Map<String, Entry> entries;

    private Credentials(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** Of one registry; {@code token} or the other two. */
    record Entry(String username, String password, String token) {
        Optional<String> basic() {
            if (username.isEmpty()) return Optional.empty();
            byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }

        Optional<String> bearer() {
            return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "credentials of " + (username.isEmpty() ? "a token" : username);
        }
    }

    /** Reads the file; nothing when it is not there, and nothing but a warning when it cannot be used. */
    public static Credentials read(Path file) {
        try {
            if (!Files.exists(file)) return new Credentials(Map.of());
            requirePrivate(file);
            byte[] content;
            try (var in = Files.newInputStream(file)) {
                content = in.readNBytes(MAX_BYTES);
            }
            Map<String, Entry> entries = new HashMap<>();
            Json.object(content).forEach((host, value) -> {
                if (value instanceof Map<?, ?> map) entries.put(host.toLowerCase(Locale.ROOT), entry(map));
            });
            return new Credentials(entries);
        } catch (NoSuchFileException e) {
            return new Credentials(Map.of());
        } catch (IOException e) {
            LOG.warn("{} is not used: {}", file, e.getMessage());
            return new Credentials(Map.of());
        }
    }

    private static Entry entry(Map<?, ?> json) {
        return new Entry(Json.text(json, "username"), Json.text(json, "password"), Json.text(json, "token"));
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) return;
        var open = Files.getPosixFilePermissions(file);
        open.removeIf(p -> p.name().startsWith("OWNER_"));
        if (!open.isEmpty()) {
            throw new IOException("others than its owner may read it; chmod 600 it");
        }
    }

    /** What there is for an origin. */
    Optional<Entry> of(Origin origin) {
        return Optional.ofNullable(entries.get((origin.plain() ? "http://" : "") + origin.authority()));
    }
}
