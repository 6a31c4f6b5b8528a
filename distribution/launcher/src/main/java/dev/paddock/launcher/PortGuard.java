package dev.paddock.launcher;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.api.settings.UserEnvironment;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Finds out early, and in words, that the server cannot listen where it shall. */
final class PortGuard {
    private PortGuard() {}

    /** The address the environment asks for; a file in {@code configs} may still ask for another. */
    static HostAddress wanted(Map<String, String> environment) {
        return HostAddress.parse(UserEnvironment.variable(environment, "HOST"));
    }

    /**
     * Takes the address for a moment.
     *
     * @throws LaunchException when it is taken (saying by whom) or cannot be used at all
     */
    static void check(HostAddress wanted) throws LaunchException {
        if (wanted.port() == 0) return;
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(socketAddress(wanted));
        } catch (BindException e) {
            throw refusal(wanted, e);
        } catch (IOException e) {
            throw unusable(wanted, e);
        }
    }

    /** The refusal for an address that could not be bound. */
    static LaunchException refusal(HostAddress wanted, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (!reason.contains("in use")) return unusable(wanted, cause);
        HostAddress reachable = wanted.forClient();
        var occupant = Occupant.at(socketAddress(reachable));
        return new LaunchException(
                Exit.ADDRESS,
                "cannot listen on " + wanted.authority() + ": " + occupant.description()
                        + " listens there already. Stop it, or choose another port: PADDOCK_HOST="
                        + other(reachable).authority() + " paddock serve",
                cause);
    }

    private static LaunchException unusable(HostAddress wanted, IOException cause) {
        return new LaunchException(
                Exit.ADDRESS,
                "cannot listen on " + wanted.authority() + " (" + cause.getMessage()
                        + "); choose an address of this machine: PADDOCK_HOST=127.0.0.1:11434 paddock serve",
                cause);
    }

    private static HostAddress other(HostAddress taken) {
        int port = taken.port() < 65_535 ? taken.port() + 1 : HostAddress.DEFAULT_PORT;
        return new HostAddress(taken.scheme(), taken.host(), port, taken.path());
    }

    private static InetSocketAddress socketAddress(HostAddress address) {
        return address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
    }
}
