package dev.paddock.shell.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** A visitor with a key. */
final class Login implements AutoCloseable {
    static {
        JdkEd25519.register();
    }

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SshClient client = SshClient.setUpDefaultClient();
    final ClientSession session;

    /** What a command printed, and how it ended. */
    record Ended(String out, String err, Integer status) {}

    /** @throws IOException when he is not let in */
    Login(int port, KeyPair key) throws IOException {
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        try {
            session = client.connect("ann", "127.0.0.1", port).verify(PATIENCE).getSession();
            session.addPublicKeyIdentity(key);
            session.auth().verify(PATIENCE);
        } catch (IOException e) {
            client.stop();
            throw e;
        }
    }

    static KeyPair key(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    /** As it stands in a file of authorized keys. */
    static String line(PublicKey key) throws IOException {
        var line = new StringBuilder();
        PublicKeyEntry.appendPublicKeyEntry(line, key);
        return line.toString();
    }

    Ended run(String command) throws IOException {
        return end(session.createExecChannel(command), "");
    }

    /** Opens a channel, sends the input and its end, and waits for the channel's end. */
    static Ended end(ClientChannel channel, String input) throws IOException {
        try (channel;
                var out = new ByteArrayOutputStream();
                var err = new ByteArrayOutputStream()) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            OutputStream in = channel.getInvertedIn();
            in.write(input.getBytes(StandardCharsets.UTF_8));
            in.flush();
            in.close();
            var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            if (events.contains(ClientChannelEvent.TIMEOUT))
                throw new IOException("the channel stays open; it said: " + out + err);
            return new Ended(
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8),
                    channel.getExitStatus());
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
