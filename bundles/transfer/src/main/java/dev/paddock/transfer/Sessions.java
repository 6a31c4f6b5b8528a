package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.transfer.auth.Credentials;
import dev.paddock.transfer.auth.Identity;
import dev.paddock.transfer.auth.Signer;
import dev.paddock.transfer.net.Session;
import dev.paddock.transfer.net.Trust;
import dev.paddock.transfer.net.Wire;
import dev.paddock.transfer.net.WireSettings;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Makes a session for each task, so that nothing of one is seen by another. */
final class Sessions {
    private static final long IDLE_SECONDS = 10;

    private final Surroundings surroundings;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("transfer-watch").factory());

    Sessions(Surroundings surroundings) {
        this.surroundings = surroundings;
        clock.setRemoveOnCancelPolicy(true);
        // No thread while nothing is transferred, and nothing that must be shut down.
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** @param plain whether http may be spoken */
    Session open(TransferSettings settings, boolean plain) {
        var network = settings.network();
        var wire = new WireSettings(
                network.rule(),
                network.proxies(),
                trust(network),
                settings.pace().connect(),
                settings.pace().stall(),
                network.agent(),
                surroundings.names());
        var identity = new Identity(
                Credentials.read(surroundings.credentials()),
                settings.realms(),
                new Signer(surroundings.keys(), InstantSource.system()));
        return new Session(new Wire(wire, clock), identity, plain);
    }

    private static SSLContext trust(TransferSettings.Network network) {
        try {
            return Trust.context(network.authorities());
        } catch (IllegalArgumentException e) {
            throw new PaddockException(
                    Fault.UNAVAILABLE, "the setting ca.file names no usable file; see the server's log", e);
        }
    }
}
