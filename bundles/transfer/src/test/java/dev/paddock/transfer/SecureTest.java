package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.transfer.RemoteModel;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with an authority of one's own, and proxies. */
@Timeout(60)
class SecureTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path shared;

    private static KeyStore keys;

    @TempDir
    Path root;

    private FakeRegistry registry;
    private HttpsServer secure;
    private TestHouse house;
    private Path authority;

    @BeforeEach
    void open() throws Exception {
        registry = new FakeRegistry();
        registry.model();
        authority = root.resolve("ca.pem");
        Files.writeString(
                authority,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("r").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        secure.setHttpsConfigurator(new HttpsConfigurator(tls()));
        secure.createContext("/", exchange -> {
            try (exchange) {
                registry.serve(exchange);
            }
        });
        secure.start();
    }

    @BeforeAll
    static void keys() throws Exception {
        Path file = shared.resolve("keys.p12");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "r",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry.test",
                        "-ext",
                        "SAN=dns:registry.test",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
    }

    private static SSLContext tls() throws Exception {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @AfterEach
    void close() {
        if (house != null) house.close();
        secure.stop(0);
        registry.close();
    }

    @Test
    void anAuthorityOfAFileIsBelievedForItsNamesOnly() {
        house = house(Configured.forTests().with("ca_file", authority.toString()));
        pull("registry.test:" + secure.getAddress().getPort());
        assertThat(house.statuses()).endsWith("success");
        assertThatThrownBy(() -> pull("cdn.test:" + secure.getAddress().getPort()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageContaining("no secure connection to \"cdn.test\"");
    }

    @Test
    void withoutItNobodyUnknownIsBelieved() {
        house = house(Configured.forTests());
        assertThatThrownBy(() -> pull("registry.test:" + secure.getAddress().getPort()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageContaining("no secure connection to \"registry.test\"");
    }

    @Test
    void aSecureRegistryCannotSendUsToAPlainOne() {
        house = house(Configured.forTests().with("ca_file", authority.toString()));
        secure.removeContext("/");
        secure.createContext("/", exchange -> {
            try (exchange) {
                FakeRegistry.redirect(
                                307,
                                registry.at("cdn.test", exchange.getRequestURI().getPath()))
                        .to(exchange);
            }
        });
        assertThatThrownBy(() -> pull("registry.test:" + secure.getAddress().getPort()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessage("pull model manifest: insecure protocol http");
        assertThat(registry.seen).isEmpty();
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path file = Files.writeString(root.resolve("empty.pem"), "nothing");
        house = house(Configured.forTests().with("ca_file", file.toString()));
        assertThatThrownBy(() -> pull("registry.test:1")).hasMessageContaining("ca.file");
    }

    @Test
    void aProxyLeadsToHostsThatOnlyItKnows() {
        house = house(new Configured().with("proxy", registry.at("127.0.0.1", "")));
        house.pull("far.test/library/m:latest");
        assertThat(house.statuses()).endsWith("success");
        assertThat(registry.seen).isNotEmpty().allMatch(s -> s.host().equals("far.test"));
        assertThat(registry.seen.getFirst().path()).startsWith("http://far.test/v2/");
    }

    @Test
    void aProxyIsNotAskedForPrivateAddressesNorForItself() {
        house = house(new Configured().with("proxy", registry.at("127.0.0.1", "")));
        for (String host : java.util.List.of("10.0.0.1:80", "localhost:80", "127.0.0.1:" + registry.port())) {
            assertThatThrownBy(() -> house.pull(host + "/library/m:latest"))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
        }
        assertThat(registry.seen).isEmpty();
    }

    private TestHouse house(Configured configured) {
        return new TestHouse(root.resolve("house"), configured, registry, _ -> {});
    }

    private void pull(String host) {
        house.told.clear();
        house.transfer.pull(RemoteModel.parse(host + "/library/m:latest"), false, house.told::add);
    }
}
