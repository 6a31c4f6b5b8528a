package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.paddock.itest.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server listens with TLS and on a Unix socket too, and holds out against clients that hold on to connections. */
class ListenersTest {
    private static final Path FIXTURES =
            Layout.root().resolve("bundles/listeners/src/test/resources/dev/paddock/listeners");
    private static final byte[] QUESTION =
            "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path directory;

    private static Server server;
    private static int secure;

    @BeforeAll
    static void start() throws Exception {
        take("rsa", Instant.now().minusSeconds(60));
        secure = Server.freePort();
        server = Server.start(
                Map.of(),
                Map.of(
                        "dev.paddock.listeners~tls",
                        Map.of(
                                "address",
                                "127.0.0.1:" + secure,
                                "certificate",
                                directory.resolve("server.crt").toString(),
                                "key",
                                directory.resolve("server.key").toString(),
                                "reload.interval",
                                "100ms"),
                        "dev.paddock.listeners~local",
                        Map.of("socket", directory.resolve("p.sock").toString()),
                        "dev.paddock.listeners~broken",
                        Map.of("address", "127.0.0.1:" + Server.freePort(), "certificate", "/nowhere.crt", "key", "/k"),
                        "dev.paddock.connections",
                        Map.of("header.timeout", "4s"),
                        "dev.paddock.web",
                        Map.of("body.rate", 100, "body.grace", "1s")),
                Layout.install());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static void take(String name, Instant changed) throws IOException {
        for (String kind : List.of("key", "crt")) {
            Path to = directory.resolve("server." + kind);
            Files.copy(FIXTURES.resolve(name + "." + kind), to, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(to, FileTime.from(changed));
        }
    }

    @Test
    void tlsFollowsItsFilesAndKeepsWhatItHasWhenTheyAreBroken() throws Exception {
        assertThat(certificateOf(secure)).isEqualTo("CN=rsa.test");
        Files.writeString(directory.resolve("server.crt"), "nothing of use");
        Await.until(Duration.ofSeconds(10), "the broken file is complained of", () -> server.output()
                .contains("the new certificate is not used, the old one goes on"));
        assertThat(certificateOf(secure)).isEqualTo("CN=rsa.test");
        take("ec", Instant.now().plusSeconds(60));
        Await.until(Duration.ofSeconds(10), "the new certificate is used", () -> certificateOf(secure)
                .equals("CN=ec.test"));
        assertThat(server.output()).contains("dev.paddock.listeners", "/nowhere.crt is not there or not readable");
    }

    /** Asks for /livez, and tells whose certificate it saw. */
    private static String certificateOf(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.getOutputStream().write(QUESTION);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    @Test
    void aUnixSocketIsForItsUserAndCountsAsThisMachine() throws Exception {
        Path socket = directory.resolve("p.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap("GET /api/tags HTTP/1.1\r\nHost: paddock\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            InputStream in = java.nio.channels.Channels.newInputStream(channel);
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("starter:latest");
        }
    }

    /** A byte now and then, for ever: Jetty's own idle timeout never sees it. */
    @Test
    void aClientThatDawdlesOverItsHeadersIsHungUpOn() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream().write("GET /livez HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            Await.until(Duration.ofSeconds(20), "it is hung up on", () -> {
                try {
                    slow.getOutputStream().write('a');
                    slow.setSoTimeout(50);
                    return slow.getInputStream().read() < 0;
                } catch (java.net.SocketTimeoutException e) {
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void aFewBytesMayComeInTwoPackets() throws Exception {
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            OutputStream out = client.getOutputStream();
            out.write("POST /api/show HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200); // a pause on the wire is what this is about
            out.write('}');
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aBodyThatDripsIsRefused() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream()
                    .write("POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            Await.until(Duration.ofSeconds(30), "it is answered or hung up on", () -> {
                try {
                    slow.getOutputStream().write(' ');
                    slow.setSoTimeout(200);
                    slow.getInputStream().read();
                    return true;
                } catch (java.net.SocketTimeoutException e) {
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        assertThat(server.status("/livez")).isEqualTo(200);
    }

    /** They are many for one machine: what they cost is memory, and not that of those who are answered. */
    @Test
    void tenThousandIdleConnectionsDisturbNobody() throws Exception {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assumeTrue(system.getMaxFileDescriptorCount() > 11_000, "a process may not open 11,000 files here (ulimit -n)");
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) idle.add(new Socket("127.0.0.1", server.port()));
            assertThat(server.ask(
                                    "/api/generate",
                                    Map.of("model", "starter", "prompt", "Who are you?", "stream", false))
                            .path("done")
                            .asBoolean())
                    .isTrue();
            // None of them ever asks for anything: they are closed when their time is over.
            idle.getFirst().setSoTimeout(20_000);
            assertThat(idle.getFirst().getInputStream().read()).isNegative();
        } finally {
            for (Socket socket : idle) socket.close();
        }
        assertThat(server.status("/readyz")).isEqualTo(200);
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody shows one
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the test looks at it itself
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
