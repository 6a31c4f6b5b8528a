package dev.paddock.shell.ssh;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.nonefs.NoneFileSystemFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port and all who came in by it: public keys only, and nothing behind it but the shell. */
final class Door implements AutoCloseable {
    static {
        JdkEd25519.register();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration KNOCKING = Duration.ofSeconds(30);
    private static final int WORKERS = 2;
    private static final int MOST_TRIES = 10;
    private static final int MOST_CHANNELS = 8;

    /** Without certificates, which no file here vouches for, and without SHA-1. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.sk_ssh_ed25519,
            BuiltinSignatures.sk_ecdsa_sha2_nistp256,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private static final List<BuiltinMacs> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);

    private final SshServer server;
    /** Set while all are sent away: what they run goes on, for one of them may have said to. */
    private final AtomicBoolean closing = new AtomicBoolean();

    private Door(SshServer server) {
        this.server = server;
    }

    /** @throws IOException saying what is in the way */
    static Door open(Setup setup, CommandProcessor gogo) throws IOException {
        KeyPair hostKey = HostKey.at(setup.hostKey());
        HostAddress address = setup.address().orElseThrow();
        var door = new Door(server());
        door.furnish(setup, hostKey, gogo);
        try {
            door.server.start();
        } catch (IOException e) {
            door.close();
            throw new IOException(why(e), e);
        }
        LOG.info(
                "the shell is served over SSH at {}, host key {}",
                new HostAddress("ssh", address.host(), door.port(), "").authority(),
                KeyUtils.getFingerPrint(hostKey.getPublic()));
        return door;
    }

    private static String why(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "no machine is known by that name";
            case BindException _ ->
                e.getMessage() + "; choose another with `paddock config set " + SshShell.PID + "/address HOST:PORT`";
            default -> e.toString();
        };
    }

    private static SshServer server() {
        return ServerBuilder.builder()
                .signatureFactories(BuiltinFactory.setUpFactories(false, SIGNATURES))
                .macFactories(BuiltinFactory.setUpFactories(false, MACS))
                .channelFactories(List.of(ChannelSessionFactory.INSTANCE))
                .globalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE))
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .fileSystemFactory(NoneFileSystemFactory.INSTANCE)
                .build();
    }

    private void furnish(Setup setup, KeyPair hostKey, CommandProcessor gogo) {
        HostAddress address = setup.address().orElseThrow();
        server.setHost(address.host());
        server.setPort(address.port());
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setKeyboardInteractiveAuthenticator(null);
        server.setPublickeyAuthenticator(new AuthorizedKeys(setup.authorizedKeys()));
        server.setShellFactory(channel -> new Visit(gogo, null, closing::get));
        server.setCommandFactory((channel, line) -> new Visit(gogo, line, closing::get));
        server.addSessionListener(new Crowd(setup.sessions()));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "paddock");
        CoreModuleProperties.NIO_WORKERS.set(server, WORKERS);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, KNOCKING);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MOST_TRIES);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MOST_CHANNELS);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, setup.idle());
    }

    /** Where it listens; of use when the address asked for any port. */
    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        closing.set(true);
        if (!server.close(true).await(CLOSING)) LOG.warn("the shell over SSH did not close within {}", CLOSING);
    }
}
