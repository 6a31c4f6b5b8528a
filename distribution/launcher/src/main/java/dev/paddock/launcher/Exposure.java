package dev.paddock.launcher;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a server from being open to other machines by accident. */
final class Exposure {
    private static final Logger LOG = LoggerFactory.getLogger(Exposure.class);
    private static final String WAYS = "make one first (`paddock key create NAME`), listen on this machine only"
            + " (PADDOCK_HOST=127.0.0.1), or set PADDOCK_INSECURE=true if everybody who reaches this address may use it";

    private Exposure() {}

    /**
     * Looks whether whoever comes from elsewhere will need a key.
     *
     * @param keys the file of API keys
     * @param insecure whether the owner said that none is needed
     * @throws LaunchException when anybody could come in
     */
    static void check(HostAddress wanted, Path keys, boolean insecure) throws LaunchException {
        if (loopback(wanted.host()) || any(keys)) return;
        if (insecure) {
            LOG.warn("{} is served to everybody who reaches it: insecure is set, and there are no API keys", wanted);
            return;
        }
        throw new LaunchException(
                Exit.EXPOSED,
                "will not listen on " + wanted.authority() + ", where other machines can reach it, without an API key; "
                        + WAYS);
    }

    /** All addresses of the name are; what has none will not be listened on. */
    private static boolean loopback(String host) {
        if (host.isEmpty()) return false;
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private static boolean any(Path keys) throws LaunchException {
        try {
            JsonNode list =
                    JsonMapper.shared().readTree(Files.readAllBytes(keys)).path("keys");
            if (list.isArray()) return !list.isEmpty();
            throw damaged(keys, "it holds no list of keys", null);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | JacksonException e) {
            throw damaged(keys, e instanceof JacksonException ? "broken JSON" : e.toString(), e);
        }
    }

    private static LaunchException damaged(Path keys, String why, Exception cause) {
        return new LaunchException(
                Exit.EXPOSED,
                "the file of API keys " + keys + " cannot be used (" + why + "); mend it or move it away: without keys"
                        + " this server will not listen where other machines can reach it",
                cause);
    }
}
