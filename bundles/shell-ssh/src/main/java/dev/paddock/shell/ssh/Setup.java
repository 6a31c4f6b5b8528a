package dev.paddock.shell.ssh;

import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.HostAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings as they are used.
 *
 * @param address where to listen; empty = nowhere
 * @param authorizedKeys the file with the public keys of those who may in
 * @param hostKey the file with the server's own private key
 * @param idle how long a session may be silent; zero = for ever
 * @param sessions how many there may be at once
 */
record Setup(Optional<HostAddress> address, Path authorizedKeys, Path hostKey, Duration idle, int sessions) {
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/\\s]*):[0-9]{1,5}");
    private static final int MOST_SESSIONS = 64;

    /** @throws IllegalArgumentException naming the setting that is wrong, and what would be right */
    static Setup of(SshShell.Config config, Path home) {
        int sessions = config.sessions();
        if (sessions < 1 || sessions > MOST_SESSIONS)
            throw wrong("sessions", sessions, "it must be 1 to " + MOST_SESSIONS);
        return new Setup(
                address(config.address().strip()),
                file("authorized.keys", config.authorized_keys(), home),
                file("host.key", config.host_key(), home),
                Durations.setting(SshShell.PID, "idle.timeout", config.idle_timeout()),
                sessions);
    }

    private static Optional<HostAddress> address(String text) {
        if (text.isEmpty()) return Optional.empty();
        if (!HOST_PORT.matcher(text).matches())
            throw wrong("address", text, "write HOST:PORT such as 127.0.0.1:11422, or nothing to close it");
        return Optional.of(HostAddress.parse(text, complaint -> {
            throw wrong("address", text, "the port must be 0 to 65535");
        }));
    }

    private static Path file(String key, String text, Path home) {
        if (text.isBlank()) throw wrong(key, "empty", "it must be the path of a file");
        try {
            return home.resolve(text.strip());
        } catch (InvalidPathException e) {
            throw wrong(key, text, "it must be the path of a file");
        }
    }

    private static IllegalArgumentException wrong(String key, Object value, String advice) {
        return new IllegalArgumentException(SshShell.PID + ": " + key + " is " + value + "; " + advice);
    }
}
