package dev.paddock.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.settings.HostAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door with a real Gogo behind it, and real clients before it. */
class DoorTest {
    @TempDir
    Path home;

    private final Words words = new Words();
    private KeyPair ann;
    private Path authorized;
    private ThreadIOImpl io;
    private CommandProcessorImpl gogo;
    private Door door;

    /** Commands of the scope test. */
    public static final class Words {
        final CountDownLatch waiting = new CountDownLatch(1);
        final CountDownLatch woken = new CountDownLatch(1);

        /** Says it back. */
        public String say(String word) {
            return "said " + word;
        }

        /** Fails. */
        public void fail(String why) {
            throw new IllegalArgumentException(why);
        }

        /** Takes its time, until it is interrupted. */
        public String dawdle() throws InterruptedException {
            waiting.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(5));
                return "never";
            } catch (InterruptedException e) {
                woken.countDown();
                throw e;
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        io = new ThreadIOImpl();
        io.start();
        gogo = new CommandProcessorImpl(io);
        for (String function : List.of("say", "fail", "dawdle")) gogo.addCommand("test", words, function);
        ann = Login.key("Ed25519");
        authorized = home.resolve("authorized_keys");
        Files.writeString(authorized, Login.line(ann.getPublic()) + " ann\n");
        door = Door.open(setup(0, 4, Duration.ofMinutes(1)), gogo);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        io.stop();
    }

    private Setup setup(int port, int sessions, Duration idle) {
        var address = Optional.of(new HostAddress("ssh", "127.0.0.1", port, ""));
        return new Setup(address, authorized, home.resolve("host_key"), idle, sessions);
    }

    private Login login() throws IOException {
        return new Login(door.port(), ann);
    }

    @Test
    void aCommandRunsAndItsStatusSaysHowItWent() throws Exception {
        try (Login login = login()) {
            assertThat(login.run("test:say hello")).isEqualTo(new Login.Ended("said hello\n", "", 0));
            assertThat(login.run("test:fail \"no luck\"")).isEqualTo(new Login.Ended("", "error: no luck\n", 1));
            var unknown = login.run("nonsense");
            assertThat(unknown.status()).isEqualTo(127);
            assertThat(unknown.err()).contains("nonsense");
            assertThat(login.run("test:say one; test:fail two").status()).isEqualTo(1);
        }
    }

    @Test
    void keysOfEachKindOpen() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            KeyPair key = Login.key(algorithm);
            Files.writeString(authorized, Login.line(key.getPublic()) + "\n");
            try (Login login = new Login(door.port(), key)) {
                assertThat(login.run("test:say " + algorithm).out()).contains("said " + algorithm);
            }
        }
    }

    @Test
    void linesOfAPipeRunOneAfterTheOther() throws Exception {
        try (Login login = login()) {
            var channel = login.session.createShellChannel();
            channel.setUsePty(false);
            var ended = Login.end(channel, "test:say one\r\n\nx = two\ntest:say $x\ntest:fail three\n");
            assertThat(ended.out()).isEqualTo("said one\ntwo\nsaid two\n");
            assertThat(ended.err()).isEqualTo("error: three\n");
            assertThat(ended.status()).isEqualTo(1);
            channel = login.session.createShellChannel();
            channel.setUsePty(false);
            assertThat(Login.end(channel, "test:say one\nexit\ntest:say two\n"))
                    .isEqualTo(new Login.Ended("said one\n", "", 0));
        }
    }

    @Test
    void aTerminalHasPromptAndEcho() throws Exception {
        try (Login login = login()) {
            var ended = Login.end(login.session.createShellChannel(), "test:sax\177y hello\r\004");
            assertThat(ended.out())
                    .contains("paddock> ", "o\r\n", "said hello\r\n")
                    .endsWith("paddock> ");
            assertThat(ended.status()).isZero();
            ended = Login.end(login.session.createShellChannel(), "never\003\004");
            assertThat(ended.out()).contains("^C\r\n").endsWith("paddock> ");
            assertThat(ended.status()).isEqualTo(Commands.INTERRUPTED);
        }
    }

    @Test
    void ctrlCEndsACommandAndTheShellGoesOn() throws Exception {
        try (Login login = login();
                var channel = login.session.createShellChannel();
                var out = new ByteArrayOutputStream()) {
            channel.setOut(out);
            channel.open().verify(Login.PATIENCE);
            send(channel.getInvertedIn(), "test:dawdle\r");
            assertThat(words.waiting.await(20, TimeUnit.SECONDS)).isTrue();
            send(channel.getInvertedIn(), "\003");
            assertThat(words.woken.await(20, TimeUnit.SECONDS)).isTrue();
            send(channel.getInvertedIn(), "test:say again\rexit\r");
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Login.PATIENCE);
            assertThat(out.toString()).contains("said again").doesNotContain("error");
            assertThat(channel.getExitStatus()).isZero();
        }
    }

    private static void send(OutputStream to, String keys) throws IOException {
        to.write(keys.getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    @Test
    void aVisitorWhoGoesTakesHisCommandAlong() throws Exception {
        Login login = login();
        var channel = login.session.createExecChannel("test:dawdle");
        channel.open().verify(Login.PATIENCE);
        assertThat(words.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        login.close();
        assertThat(words.woken.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        KeyPair eve = Login.key("Ed25519");
        assertThatThrownBy(() -> new Login(door.port(), eve)).isInstanceOf(IOException.class);
        Files.writeString(authorized, Files.readString(authorized) + Login.line(eve.getPublic()) + " eve\n");
        new Login(door.port(), eve).close();
        Files.delete(authorized);
        assertThatThrownBy(this::login).isInstanceOf(IOException.class);
        Files.writeString(authorized, "");
        assertThatThrownBy(this::login).isInstanceOf(IOException.class);
        Files.writeString(authorized, Login.line(ann.getPublic()));
        login().close();
        Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(this::login).isInstanceOf(IOException.class);
        Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-r--r--"));
        login().close();
    }

    @Test
    void whoOnlyKnocksIsBoundedToo() throws Exception {
        List<Socket> knocking = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                knocking.add(new Socket("127.0.0.1", door.port()));
                assertThat(knocking.getLast().getInputStream().read()).isEqualTo('S');
            }
            try (var tooMany = new Socket("127.0.0.1", door.port())) {
                tooMany.setSoTimeout(20_000);
                var said = tooMany.getInputStream().readAllBytes();
                assertThat(new String(said, StandardCharsets.US_ASCII)).isIn("", "SSH-2.0-paddock\r\n");
            }
        } finally {
            for (Socket socket : knocking) socket.close();
        }
        awaitRoom();
    }

    @Test
    void passwordsAreNotAskedFor() throws Exception {
        try (var client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            var session = client.connect("admin", "127.0.0.1", door.port())
                    .verify(Login.PATIENCE)
                    .getSession();
            session.addPasswordIdentity("admin");
            assertThatThrownBy(() -> session.auth().verify(Login.PATIENCE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void behindItIsNothingButTheShell() throws Exception {
        try (Login login = login()) {
            var files = login.session.createSubsystemChannel("sftp");
            files.open().await(Login.PATIENCE);
            assertThat(files.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Login.PATIENCE))
                    .doesNotContain(ClientChannelEvent.TIMEOUT, ClientChannelEvent.EXIT_STATUS);
            assertThatThrownBy(() -> login.session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 9)))
                    .isInstanceOf(IOException.class);
            var tunnel = login.session.createDirectTcpipChannel(
                    new SshdSocketAddress("127.0.0.1", 1), new SshdSocketAddress("127.0.0.1", door.port()));
            assertThatThrownBy(() -> tunnel.open().verify(Login.PATIENCE)).isInstanceOf(IOException.class);
            assertThat(login.run("/bin/sh -c id").status()).isEqualTo(127);
        }
    }

    @Test
    void sessionsAreBounded() throws Exception {
        List<Login> visitors = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) visitors.add(login());
            assertThatThrownBy(() -> {
                        try (Login fifth = login()) {
                            fifth.run("test:say hello");
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(visitors.getFirst().run("test:say hello").status()).isZero();
            visitors.removeLast().close();
            awaitRoom();
        } finally {
            visitors.forEach(Login::close);
        }
    }

    /** The server hears a moment later that somebody left. */
    private void awaitRoom() throws Exception {
        for (int i = 0; ; i++)
            try (Login login = login()) {
                assertThat(login.run("test:say hello").status()).isZero();
                return;
            } catch (IOException e) {
                if (i == 20) throw e;
                Thread.sleep(100);
            }
    }

    @Test
    void silenceEndsASession() throws Exception {
        door.close();
        door = Door.open(setup(0, 4, Duration.ofSeconds(1)), gogo);
        try (Login login = login()) {
            assertThat(login.session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED), Login.PATIENCE))
                    .contains(ClientSessionEvent.CLOSED);
        }
    }

    @Test
    void closingEndsSessionsAndFreesThePort() throws Exception {
        int port = door.port();
        try (Login login = login()) {
            door.close();
            assertThat(login.session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED), Login.PATIENCE))
                    .contains(ClientSessionEvent.CLOSED);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        door = Door.open(setup(port, 4, Duration.ofMinutes(1)), gogo);
        login().close();
    }

    @Test
    void aPortInUseIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> Door.open(setup(door.port(), 4, Duration.ofMinutes(1)), gogo))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use")
                .hasMessageContaining("paddock config set dev.paddock.shell.ssh/address");
    }
}
