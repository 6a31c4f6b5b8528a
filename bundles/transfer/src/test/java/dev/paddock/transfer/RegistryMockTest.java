package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from a registry that does what real ones only do on bad days: group 11 of the specification's cases. */
@Timeout(60)
class RegistryMockTest {
    private static final String FILLER = "application/vnd.example.filler";

    @TempDir
    Path root;

    private final List<Duration> pauses = new ArrayList<>();
    private FakeRegistry registry;
    private TestHouse house;

    @BeforeEach
    void open() throws Exception {
        registry = new FakeRegistry();
        house = house(Configured.forTests());
    }

    private TestHouse house(Configured configured) {
        return new TestHouse(root.resolve("h" + System.nanoTime()), configured, registry, time -> {
            synchronized (pauses) {
                pauses.add(time);
            }
        });
    }

    @AfterEach
    void close() {
        house.close();
        registry.close();
    }

    @Test
    void eventsComeInTheOrderThatOllamasClientsKnow() {
        Manifest manifest = registry.model(registry.blob(new byte[1000], FILLER));
        house.pull(registry.name());
        List<String> blobs = manifest.references()
                .map(l -> "pulling " + l.digest().hex().substring(0, 12))
                .toList();
        List<String> expected = new ArrayList<>(List.of("pulling manifest"));
        expected.addAll(blobs);
        expected.addAll(List.of("verifying sha256 digest", "writing manifest", "success"));
        assertThat(house.statuses()).isEqualTo(expected);
        assertThat(registry.seen.getFirst().header("Accept")).startsWith(MediaType.MANIFEST);
    }

    @Test
    void anUpdateRemovesTheLayersThatNobodyUsesAnyMore() {
        Layer old = registry.blob(new byte[1000], FILLER);
        registry.model(old);
        house.pull(registry.name());
        registry.model(registry.blob(new byte[1001], FILLER));
        house.pull(registry.name());
        assertThat(house.blobNames()).doesNotContain(old.digest().fileName());
    }

    @Test
    void aRedirectToAnotherHostIsFollowedWithoutTheToken() throws Exception {
        Layer big = big(3000);
        parts(big, 3);
        registry.model(big);
        protect("secret", registry.at("registry.test", "/token"));
        registry.script(
                FakeRegistry.blobPath(big.digest()),
                FakeRegistry.redirect(307, registry.at("cdn.test", "/elsewhere/" + big.digest())));
        house.pull(registry.name());
        var direct = registry.seen("GET", "/elsewhere/");
        assertThat(direct).hasSize(3).allMatch(s -> s.header("Authorization").isEmpty());
        assertThat(direct)
                .extracting(s -> s.header("Range"))
                .containsExactlyInAnyOrder("bytes=0-999", "bytes=1000-1999", "bytes=2000-2999");
        assertThat(registry.seen("GET", FakeRegistry.blobPath(big.digest())))
                .as("the way is asked for once")
                .hasSize(1)
                .allMatch(s -> s.header("Authorization").equals("Bearer secret"));
    }

    @Test
    void aLentAddressThatExpiresIsAskedForAnew() throws Exception {
        Layer big = big(3000);
        parts(big, 3);
        registry.model(big);
        var number = new AtomicInteger();
        registry.script(FakeRegistry.blobPath(big.digest()), exchange -> FakeRegistry.redirect(
                        307, registry.at("cdn.test", "/lent" + number.incrementAndGet() + "/" + big.digest()))
                .to(exchange));
        var uses = new AtomicInteger();
        registry.script("/lent1/" + big.digest(), exchange -> {
            if (uses.incrementAndGet() > 1) FakeRegistry.answer(exchange, 403, "expired");
            else registry.serve(exchange);
        });
        house.pull(registry.name());
        assertThat(number.get()).isGreaterThanOrEqualTo(2);
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aRegistryWithoutRangesIsReadInOneGo() throws Exception {
        registry.ranges = false;
        Layer big = big(300_000);
        parts(big, 3);
        registry.model(big);
        house.pull(registry.name());
        assertThat(house.statuses()).endsWith("success");
        assertThat(house.store.find(big.digest()).orElseThrow().size()).isEqualTo(big.size());
    }

    @Test
    void whatIsThereOfABlobIsNotAskedForAgain() throws Exception {
        Layer big = big(100_000);
        registry.model(big);
        byte[] content = registry.blobs.get(big.digest().toString());
        Path blobs = Files.createDirectories(house.blob(big.digest()).getParent());
        Path partial = Files.write(blobs.resolve(big.digest().fileName() + "-partial"), Arrays.copyOf(content, 60_000));
        Files.writeString(
                blobs.resolve(partial.getFileName() + "-0"),
                "{\"N\":0,\"Offset\":0,\"Size\":50000,\"Completed\":40000}");
        Files.writeString(
                blobs.resolve(partial.getFileName() + "-1"),
                "{\"N\":1,\"Offset\":50000,\"Size\":50000,\"Completed\":10000}");
        house.pull(registry.name());
        assertThat(registry.seen("GET", FakeRegistry.blobPath(big.digest())))
                .extracting(s -> s.header("Range"))
                .containsExactlyInAnyOrder("bytes=40000-49999", "bytes=60000-99999");
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aBrokenConnectionGoesOnWhereItBroke() {
        Layer big = big(8 << 20);
        registry.model(big);
        var answers = new AtomicInteger();
        registry.script("GET " + FakeRegistry.blobPath(big.digest()), exchange -> {
            if (answers.incrementAndGet() > 1) {
                registry.serve(exchange);
                return;
            }
            exchange.sendResponseHeaders(200, big.size());
            exchange.getResponseBody().write(registry.blobs.get(big.digest().toString()), 0, 5 << 20);
        });
        house.pull(registry.name());
        assertThat(registry.seen("GET", FakeRegistry.blobPath(big.digest()))
                        .getLast()
                        .header("Range"))
                .isEqualTo("bytes=" + (5 << 20) + "-" + (big.size() - 1));
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aRegistryThatAsksForPatienceGetsIt() {
        registry.model();
        var answers = new AtomicInteger();
        registry.script("/v2/library/m/manifests/latest", exchange -> {
            if (answers.incrementAndGet() > 1) {
                registry.serve(exchange);
                return;
            }
            exchange.getResponseHeaders().set("Retry-After", "17");
            FakeRegistry.answer(exchange, 429, "slow down");
        });
        house.pull(registry.name());
        assertThat(pauses).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void aPartThatFailsForEverEndsThePullAfterSixTries() {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.script(
                "GET " + FakeRegistry.blobPath(filler.digest()),
                exchange -> FakeRegistry.answer(exchange, 500, "internal\nerror"));
        assertFault(() -> house.pull(registry.name()), Fault.UNAVAILABLE, "500: internal error");
        assertThat(registry.seen("GET", FakeRegistry.blobPath(filler.digest()))).hasSize(6);
        assertThat(pauses).hasSize(5);
        for (int n = 0; n < 5; n++) assertThat(pauses.get(n).toMillis()).isBetween(500L << n, 1500L << n);
        assertThat(house.store.manifest(ModelName.parse(registry.name()))).isEmpty();
    }

    @Test
    void aConnectionThatTricklesIsMadeAnew() {
        close();
        registry = restarted();
        house = house(Configured.forTests().with("stall", "400ms"));
        Layer filler = big(100_000);
        registry.model(filler);
        var answers = new AtomicInteger();
        var over = new CountDownLatch(1);
        registry.script("GET " + FakeRegistry.blobPath(filler.digest()), exchange -> {
            if (answers.incrementAndGet() == 1)
                trickle(exchange, registry.blobs.get(filler.digest().toString()), over);
            else registry.serve(exchange);
        });
        house.pull(registry.name());
        over.countDown();
        assertThat(answers).hasValueGreaterThan(1);
        assertThat(house.statuses()).endsWith("success");
        assertThat(pauses).as("a stall is no failure").isEmpty();
    }

    private FakeRegistry restarted() {
        try {
            return new FakeRegistry();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A byte now and then, until the test is over or the client is gone. */
    private static void trickle(HttpExchange exchange, byte[] content, CountDownLatch over) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        try {
            for (int at = 0; at < 1000 && !over.await(20, TimeUnit.MILLISECONDS); at++) {
                exchange.getResponseBody().write(content[at]);
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDifferentContentIsRefusedAndThrownAway() {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        byte[] other = new byte[1000];
        other[7] = 1;
        registry.blobs.put(filler.digest().toString(), other);
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "digest mismatch, file must be downloaded again: want " + filler.digest() + ", got "
                        + Digest.of(other));
        assertThat(house.blobNames())
                .noneMatch(n -> n.startsWith(filler.digest().fileName()));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1001, 0})
    void aBlobOfAnotherSizeThanTheManifestSaysIsRefused(int size) {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.blobs.put(filler.digest().toString(), new byte[size]);
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("has " + size + " bytes, its manifest says 1000");
    }

    @Test
    void anEndlessBodyIsCutOff() {
        Layer filler = registry.blob(new byte[100_000], FILLER);
        registry.model(filler);
        registry.script("GET " + FakeRegistry.blobPath(filler.digest()), RegistryMockTest::endless);
        assertFault(
                () -> house.pull(registry.name()), Fault.INVALID_REQUEST, "the registry sends more than was asked for");
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] zeros = new byte[1 << 16];
        // A client that does not cut it off would get a gigabyte.
        for (int n = 0; n < 1 << 14; n++) exchange.getResponseBody().write(zeros);
    }

    @Test
    void aHugeManifestIsNotRead() {
        registry.script("/v2/library/m/manifests/latest", RegistryMockTest::endless);
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: the manifest is longer than the 4194304 bytes that are read");
    }

    @Test
    void aChallengeIsAnsweredWithASignatureOfThePublicKey() throws Exception {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        house.pull(registry.name());
        var asked = registry.seen("GET", "/token").getFirst();
        assertThat(asked.path())
                .contains("service=reg")
                .contains("scope=repository%3Alibrary%2Fm%3Apull&scope=other")
                .containsPattern("ts=[0-9]{10}")
                .containsPattern("nonce=[A-Za-z0-9_-]{22}");
        String[] authorization = asked.header("Authorization").split(":");
        String line = Files.readString(house.root.resolve("home/id_ed25519.pub"));
        assertThat(line).isEqualTo("ssh-ed25519 " + authorization[0] + "\n");
        String signed = "GET," + registry.at("registry.test", asked.path())
                + ",ZTNiMGM0NDI5OGZjMWMxNDlhZmJmNGM4OTk2ZmI5MjQyN2FlNDFlNDY0OWI5MzRjYTQ5NTk5MWI3ODUyYjg1NQ==";
        assertThat(Signatures.verify(authorization[0], signed, authorization[1]))
                .isTrue();
        assertThat(registry.seen("GET", "/token")).as("one token for all of it").hasSize(1);
    }

    @Test
    void aRealmOnAnotherHostGetsNothing() {
        registry.model();
        protect("secret", registry.at("cdn.test", "/token"));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: realm host \"cdn.test:" + registry.port() + "\" does not match original host \""
                        + registry.host() + "\"");
        assertThat(registry.seen("GET", "/token")).isEmpty();
    }

    @Test
    void aRealmOnAnotherHostGivesTokensWhereASettingSaysSo() {
        house.close();
        house = house(Configured.forTests()
                .with("auth_realms", new String[] {registry.host() + "=cdn.test:" + registry.port()}));
        registry.model();
        protect("secret", registry.at("cdn.test", "/token"));
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/token").getFirst().host()).startsWith("cdn.test");
    }

    @Test
    void whoIsRefusedTwiceIsToldSo() {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, "{\"token\":\"wrong\"}"));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: unauthorized: access denied");
        assertThat(registry.seen("GET", "/v2/")).hasSize(2);
    }

    @Test
    void aPasswordGoesOnlyWhereItBelongs() throws Exception {
        registry.model();
        Path file = house.root.resolve("home/registries.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"" + registry.host() + "\":{\"username\":\"u\",\"password\":\"p\"},"
                        + "\"other.test\":{\"username\":\"x\",\"password\":\"y\"}}");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        registry.script("/v2/library/m/manifests/latest", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                FakeRegistry.answer(exchange, 401, "");
            } else {
                registry.serve(exchange);
            }
        });
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/v2/library/m/manifests").getLast().header("Authorization"))
                .isEqualTo("Basic dTpw");
    }

    @Test
    void aFileOfPasswordsThatOthersCanReadIsNotUsed() throws Exception {
        registry.model();
        Path file = house.root.resolve("home/registries.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"" + registry.host() + "\":{\"username\":\"u\",\"password\":\"p\"}}");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        registry.script("/v2/library/m/manifests/latest", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            FakeRegistry.answer(exchange, 401, "");
        });
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: unauthorized: access denied");
        assertThat(registry.seen).allMatch(s -> s.header("Authorization").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"a\\r\\nX-Evil: 1\"}",
                "{\"token\":\"\"}",
                "{\"token\":7}",
                "[]",
                "not json",
            })
    void aTokenThatIsNoneIsRefused(String answer) {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, answer));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
    }

    @Test
    void redirectsInCirclesEnd() {
        registry.script(
                "/v2/library/m/manifests/latest",
                FakeRegistry.redirect(302, registry.at("registry.test", "/v2/library/m/manifests/latest")));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: stopped after 10 redirects");
        assertThat(registry.seen).hasSizeLessThanOrEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://metadata.test/latest/meta-data",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://[fd00::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://0.0.0.0/",
            })
    void aRedirectToAPrivateAddressIsRefused(String where) {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.script(FakeRegistry.blobPath(filler.digest()), FakeRegistry.redirect(307, where));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("is at a private address, which is refused");
    }

    @Test
    void aNameThatMovesToAPrivateAddressAfterItWasAskedForIsRefused() throws Exception {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.script("GET " + FakeRegistry.blobPath(filler.digest()), exchange -> {
            registry.names.put("registry.test", registry.names.get("metadata.test"));
            exchange.getResponseHeaders().set("Connection", "close");
            FakeRegistry.answer(exchange, 503, "come again");
        });
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("\"registry.test\" is at a private address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://cdn.test/x",
                "file:///etc/passwd",
                "http://u:p@cdn.test/x",
                "http://",
                "\\\\cdn.test\\x",
                "http://cdn test/"
            })
    void aLocationThatIsNoAddressIsRefused(String where) {
        registry.script("/v2/library/m/manifests/latest", FakeRegistry.redirect(307, where));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("is no address");
    }

    @Test
    void withoutTheSettingThisMachineIsRefused() {
        house.close();
        house = house(new Configured());
        registry.model();
        assertFault(
                () -> house.pull(registry.name()),
                Fault.UNSUPPORTED,
                "pull model manifest: \"registry.test\" is at a private address, which is refused; the setting"
                        + " private.networks of dev.paddock.transfer (PADDOCK_PRIVATE_NETWORKS) can allow it");
        assertThat(registry.seen).isEmpty();
    }

    @Test
    void plainHttpIsSpokenOnlyWhenAsked() {
        registry.model();
        var named = RemoteModel.parse("http://" + registry.name());
        assertFault(
                () -> house.transfer.pull(named, false, house.told::add), Fault.UNSUPPORTED, "insecure protocol http");
        house.transfer.modified(
                Configured.forTests().with("plain_http", "never").config());
        assertFault(
                () -> house.transfer.pull(named, true, house.told::add), Fault.UNSUPPORTED, "insecure protocol http");
        house.transfer.modified(
                Configured.forTests().with("plain_http", "always").config());
        house.transfer.pull(named, false, house.told::add);
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aRegistryThatSpeaksNoTlsIsGivenUp() {
        house.transfer.modified(Configured.forTests().with("stall", "200ms").config());
        assertThatThrownBy(() -> house.transfer.pull(RemoteModel.parse(registry.name()), false, house.told::add))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageStartingWith("pull model manifest: ")
                .hasMessageContaining("\"registry.test\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../../etc/passwd",
                "sha256:../../../../../../etc/passwd0000000000000000000000000000000000000",
                "sha256-..%2f..%2f",
                "sha256:abc",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B85",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85/",
                "",
            })
    void hostileDigestsNeverBecomePaths(String digest) {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Map<String, Object> json = FakeRegistry.json(config, List.of());
        json.put("layers", List.of(Map.of("mediaType", MediaType.MODEL, "digest", digest, "size", 10)));
        registry.manifest("latest", Json.bytes(json));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("invalid digest format");
        assertThat(registry.seen).as("nothing but the manifest was asked for").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"layers\":7}",
                "{\"layers\":[7],\"config\":{}}",
                "{\"schemaVersion\":1,\"fsLayers\":[]}",
                "<html>a captive portal</html>",
            })
    void whatIsNoManifestIsRefused(String content) {
        registry.manifest("latest", content.getBytes(StandardCharsets.UTF_8));
        registry.script("/v2/library/m/manifests/latest", exchange -> FakeRegistry.answer(exchange, 200, content));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
        assertThat(house.store.list()).isEmpty();
    }

    @Test
    void aManifestOfThousandsOfLayersIsRefused() {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Layer tiny = registry.blob(new byte[1], FILLER);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, java.util.Collections.nCopies(1001, tiny))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("at most 1000 are taken");
    }

    @Test
    void aModelOfTensorsIsRefusedBeforeAnythingComes() {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Layer tensor = registry.blob(new byte[100], MediaType.TENSOR);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, List.of(tensor))));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("safetensors");
        assertThat(registry.seen("GET", "/v2/library/m/blobs")).isEmpty();
    }

    @Test
    void amongManifestsForSeveralMachinesTheFittingOneIsTaken() {
        registry.model();
        byte[] manifest = registry.manifests.remove("latest");
        String digest = Digest.of(manifest).toString();
        registry.manifest(digest, manifest);
        String nobody = "sha256:" + "0".repeat(64);
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        registry.manifest(
                "latest",
                Json.bytes(Map.of(
                        "schemaVersion",
                        2,
                        "manifests",
                        List.of(
                                Map.of("digest", nobody, "platform", Map.of("os", "linux", "architecture", "s390x")),
                                Map.of(
                                        "digest",
                                        nobody,
                                        "platform",
                                        Map.of("os", "unknown", "architecture", "unknown")),
                                Map.of("digest", digest, "platform", Map.of("os", "linux", "architecture", arch))))));
        house.pull(registry.name());
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aManifestThatIsNotTheOneOfTheIndexIsRefused() {
        registry.model();
        String nobody = "sha256:" + "0".repeat(64);
        registry.manifest(nobody, registry.manifests.get("latest"));
        registry.manifest(
                "latest", Json.bytes(Map.of("schemaVersion", 2, "manifests", List.of(Map.of("digest", nobody)))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("is not the one of its index");
    }

    @Test
    void partsOfASplitModelAreJoinedByWhoeverMakesModelsAndKeepTheirTemplate() {
        Layer template = registry.blob("{{ .Prompt }}".getBytes(StandardCharsets.UTF_8), MediaType.TEMPLATE);
        Layer one = registry.blob(TestHouse.gguf("one"), MediaType.MODEL);
        Layer two = registry.blob(TestHouse.gguf("two"), MediaType.MODEL);
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, List.of(one, template, two))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("makes models");

        house.transfer.setBuilder(house.builder());
        house.pull(registry.name());
        assertThat(house.built)
                .containsExactly(
                        Map.of("model-00001-of-00002.gguf", one.digest(), "model-00002-of-00002.gguf", two.digest()));
        var layers = house.store
                .manifest(ModelName.parse(registry.name()))
                .orElseThrow()
                .manifest()
                .layers();
        assertThat(layers).extracting(Layer::mediaType).containsExactly(MediaType.MODEL, MediaType.TEMPLATE);
        assertThat(house.statuses()).endsWith("success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.docker.ai.gguf.v3", "application/octet-stream"})
    void filesOfManifestsOfOtherKindsBecomeModels(String type) {
        Layer weights = registry.blob(TestHouse.gguf("foreign"), type);
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), "application/vnd.oci.empty.v1+json");
        Map<String, Object> layer = FakeRegistry.json(weights);
        layer.put("annotations", Map.of("org.opencontainers.image.title", "m.gguf"));
        Map<String, Object> json = FakeRegistry.json(config, List.of());
        json.put("layers", List.of(layer));
        registry.manifest("latest", Json.bytes(json));
        house.transfer.setBuilder(house.builder());
        house.pull(registry.name());
        assertThat(house.built).containsExactly(Map.of("m.gguf", weights.digest()));
    }

    @Test
    void aSplitModelOfHuggingFaceIsFoundInItsListOfFiles() {
        registry.names.put("hf.co", registry.names.get("registry.test"));
        byte[] one = TestHouse.gguf("shard one");
        byte[] two = TestHouse.gguf("shard two");
        registry.script(
                "/v2/org/repo/manifests/Q8_0",
                exchange -> FakeRegistry.answer(exchange, 400, "{\"error\":\"The specified tag is a sharded GGUF.\"}"));
        registry.script(
                "/api/models/org/repo/tree/main",
                exchange -> FakeRegistry.send(
                        exchange,
                        200,
                        Json.bytes(List.of(
                                Map.of("type", "file", "path", "README.md"),
                                hubFile("q4/m-Q4_K_M-00001-of-00001.gguf", new byte[3]),
                                hubFile("q8/m-Q8_0-00002-of-00002.gguf", two),
                                hubFile("q8/m-Q8_0-00001-of-00002.gguf", one),
                                hubFile("broken/m-Q8_0-00001-of-00003.gguf", two)))));
        registry.script(
                "/org/repo/resolve/main/q8/m-Q8_0-00001-of-00002.gguf",
                FakeRegistry.redirect(302, registry.at("cdn.test", "/lfs/" + Digest.of(one))));
        registry.script(
                "/org/repo/resolve/main/q8/m-Q8_0-00002-of-00002.gguf",
                FakeRegistry.redirect(302, registry.at("cdn.test", "/lfs/" + Digest.of(two))));
        registry.blob(one, "");
        registry.blob(two, "");
        house.transfer.setBuilder(house.builder());
        String name = "hf.co:" + registry.port() + "/org/repo:Q8_0";
        house.pull(name);
        assertThat(house.built)
                .containsExactly(Map.of(
                        "m-Q8_0-00001-of-00002.gguf", Digest.of(one), "m-Q8_0-00002-of-00002.gguf", Digest.of(two)));
        assertThat(house.store.find(ModelName.parse(name))).isPresent();
    }

    private static Map<String, Object> hubFile(String path, byte[] content) {
        return Map.of(
                "type",
                "file",
                "path",
                path,
                "size",
                content.length,
                "lfs",
                Map.of("oid", Digest.of(content).hex(), "size", content.length));
    }

    @Test
    void aPresentBlobIsTrustedWhenItsSizeIsRight() throws Exception {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        Files.createDirectories(house.blob(filler.digest()).getParent());
        Files.write(house.blob(filler.digest()), new byte[999]);
        house.pull(registry.name());
        assertThat(Files.size(house.blob(filler.digest()))).isEqualTo(1000);
        registry.seen.clear();
        house.pull(registry.name());
        assertThat(registry.lines()).containsExactly("GET /v2/library/m/manifests/latest");
    }

    @Test
    void aMirrorIsAskedFirstAndTheRegistryWhenItFails() {
        house.close();
        house = house(Configured.forTests().with("mirrors", new String[] {
            "registry.test:" + registry.port() + "=" + registry.at("cdn.test", "/mirror")
        }));
        registry.model();
        registry.script("/mirror/v2/library/m/manifests/latest", registry::serve);
        house.pull(registry.name());
        assertThat(registry.seen.getFirst().host()).startsWith("cdn.test");
        assertThat(registry.seen("GET", "/mirror/v2/library/m/blobs/")).hasSize(2);
        assertThat(registry.seen("GET", "/v2/")).isEmpty();

        registry.script("/mirror/v2/library/m/manifests/latest", exchange -> FakeRegistry.answer(exchange, 404, ""));
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/v2/library/m/manifests/latest")).hasSize(1);
    }

    @Test
    void anInterruptedPullStopsAndKeepsWhatCame() throws Exception {
        Layer big = big(8 << 20);
        registry.model(big);
        var halfway = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        registry.script("GET " + FakeRegistry.blobPath(big.digest()), exchange -> {
            exchange.sendResponseHeaders(200, big.size());
            exchange.getResponseBody().write(registry.blobs.get(big.digest().toString()), 0, 5 << 20);
            exchange.getResponseBody().flush();
            halfway.countDown();
            try {
                over.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Fault[] fault = new Fault[1];
        var come = new CountDownLatch(1);
        Thread puller = Thread.ofPlatform().start(() -> {
            try {
                house.transfer.pull(RemoteModel.parse(registry.name()), true, told -> {
                    if (told.completed() >= 4 << 20) come.countDown();
                });
            } catch (PaddockException e) {
                fault[0] = e.fault();
            }
        });
        halfway.await();
        come.await();
        puller.interrupt();
        puller.join(10_000);
        over.countDown();
        assertThat(puller.isAlive()).isFalse();
        assertThat(fault[0]).isEqualTo(Fault.CANCELLED);
        assertThat(house.store.begun(big.digest())).isGreaterThanOrEqualTo(4 << 20);
    }

    @Test
    void twoPullsShareOneDownloadWhichGoesOnWhenTheFirstLeaves() throws Exception {
        Layer big = big(1 << 20);
        registry.model(big);
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        registry.script("GET " + FakeRegistry.blobPath(big.digest()), exchange -> {
            asked.countDown();
            try {
                go.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            registry.serve(exchange);
        });
        Thread first = pulling(_ -> {});
        asked.await();
        var joined = new CountDownLatch(1);
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread second = pulling(progress -> {
            told.add(progress.status());
            if (progress.total() == big.size()) joined.countDown();
        });
        joined.await();
        first.interrupt();
        first.join();
        go.countDown();
        second.join();
        assertThat(told.getLast()).isEqualTo("success");
        assertThat(registry.seen("GET", FakeRegistry.blobPath(big.digest()))).hasSize(1);
    }

    private Thread pulling(Consumer<Progress> told) {
        return Thread.ofVirtual().start(() -> {
            try {
                house.transfer.pull(RemoteModel.parse(registry.name()), true, told);
            } catch (PaddockException e) {
                told.accept(Progress.step(e.getMessage()));
            }
        });
    }

    /** Asks for a token everywhere but where tokens are given. */
    private void protect(String token, String realm) {
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, "{\"token\":\"" + token + "\"}"));
        FakeRegistry.Answer guarded = exchange -> {
            if (("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                registry.serve(exchange);
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + realm + "\",service=\"reg\",scope=\"repository:library/m:pull other\"");
            FakeRegistry.answer(exchange, 401, "");
        };
        registry.script("/v2/library/m/manifests/latest", guarded);
    }

    /** As if an Ollama had just begun with it, in smaller parts than ours. */
    private void parts(Layer layer, int count) throws IOException {
        Path blobs = Files.createDirectories(house.blob(layer.digest()).getParent());
        String name = layer.digest().fileName() + "-partial";
        Files.write(blobs.resolve(name), new byte[0]);
        long size = layer.size() / count;
        for (int n = 0; n < count; n++) {
            Files.writeString(
                    blobs.resolve(name + "-" + n),
                    "{\"N\":%d,\"Offset\":%d,\"Size\":%d,\"Completed\":0}".formatted(n, n * size, size));
        }
    }

    private Layer big(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return registry.blob(content, FILLER);
    }

    private static void assertFault(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable work, Fault fault, String message) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessage(message);
    }
}
