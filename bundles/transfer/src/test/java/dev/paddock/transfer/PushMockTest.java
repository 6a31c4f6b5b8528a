package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.transfer.net.Backoff;
import dev.paddock.transfer.net.Pause;
import dev.paddock.transfer.net.RateLimit;
import dev.paddock.transfer.net.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a registry that a test tells what to do: group 12 of the specification's cases. */
@Timeout(60)
class PushMockTest {
    private static final String UPLOADS = "/v2/library/m/blobs/uploads/";

    @TempDir
    Path root;

    private FakeRegistry registry;
    private TestHouse house;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @BeforeEach
    void open() throws Exception {
        registry = new FakeRegistry();
        house = new TestHouse(root, Configured.forTests(), registry, _ -> {});
        registry.script("POST " + UPLOADS, exchange -> {
            exchange.getResponseHeaders().set("Location", "/upload/1?state=a");
            FakeRegistry.send(exchange, 202, new byte[0]);
        });
        registry.script("PATCH /upload/1", exchange -> {
            received.writeBytes(registry.seen.getLast().body());
            exchange.getResponseHeaders().set("Location", "/upload/1?state=b");
            FakeRegistry.send(exchange, 202, new byte[0]);
        });
        registry.script("PUT /upload/1", exchange -> FakeRegistry.send(exchange, 201, new byte[0]));
        registry.script(
                "PUT /v2/library/m/manifests/latest", exchange -> FakeRegistry.send(exchange, 201, new byte[0]));
    }

    @AfterEach
    void close() {
        house.close();
        registry.close();
    }

    @Test
    void whatIsNotThereIsAskedForThenPatchedThenPutAndTheManifestComesLast() {
        Manifest manifest = house.install(registry.name(), "push");
        Layer first = manifest.layers().getFirst();
        house.push(registry.name());
        assertThat(registry.lines().subList(0, 4))
                .satisfiesExactly(
                        l -> assertThat(l).isEqualTo("HEAD " + FakeRegistry.blobPath(first.digest())),
                        l -> assertThat(l).isEqualTo("POST " + UPLOADS),
                        l -> assertThat(l).isEqualTo("PATCH /upload/1?state=a"),
                        l -> assertThat(l)
                                .startsWith("PUT /upload/1?state=b&digest=sha256%3A"
                                        + first.digest().hex() + "&etag="));
        var patch = registry.seen("PATCH", "/upload/1").getFirst();
        assertThat(patch.header("Content-Range")).isEqualTo("0-" + (first.size() - 1));
        assertThat(patch.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(patch.header("X-Redirect-Uploads")).isEqualTo("1");
        var last = registry.seen.getLast();
        assertThat(last.line()).isEqualTo("PUT /v2/library/m/manifests/latest");
        assertThat(last.header("Content-Type")).isEqualTo(MediaType.MANIFEST);
        assertThat(last.body())
                .isEqualTo(house.store
                        .manifest(ModelName.parse(registry.name()))
                        .orElseThrow()
                        .content());
        assertThat(house.statuses())
                .containsExactly(
                        "retrieving manifest",
                        "pushing " + first.digest().hex().substring(0, 12),
                        "pushing "
                                + manifest.config().orElseThrow().digest().hex().substring(0, 12),
                        "pushing manifest",
                        "success");
    }

    @Test
    void whatIsThereIsNotSent() {
        Manifest manifest = house.install(registry.name(), "push");
        manifest.references().forEach(l -> registry.blobs.put(l.digest().toString(), new byte[(int) l.size()]));
        house.push(registry.name());
        assertThat(registry.seen).noneMatch(s -> s.method().equals("POST"));
    }

    @Test
    void whatANeighbourHasIsMounted() {
        Manifest manifest = house.install(registry.name(), "push");
        Layer taken = manifest.layers().getFirst().takenFrom("ns/base:7b");
        house.store.install(
                ModelName.parse(registry.name()),
                house.store.write(new Manifest(manifest.config(), List.of(taken))),
                _ -> {});
        registry.script("POST " + UPLOADS, exchange -> FakeRegistry.send(exchange, 201, new byte[0]));
        house.push(registry.name());
        assertThat(registry.seen("POST", UPLOADS).getFirst().path())
                .isEqualTo(UPLOADS + "?mount=sha256%3A" + taken.digest().hex() + "&from=ns%2Fbase");
        assertThat(registry.seen).noneMatch(s -> s.method().equals("PATCH"));
    }

    @Test
    void piecesFollowOneAnotherWithTheirRanges() throws Exception {
        Layer layer = house.filler(1000, 1);
        upload(layer, 300);
        assertThat(registry.seen("PATCH", "/upload/1"))
                .extracting(s -> s.header("Content-Range"))
                .containsExactly("0-299", "300-599", "600-899", "900-999");
        assertThat(received.toByteArray()).isEqualTo(TestHouse.noise(1000, 1).readNBytes(1000));
        assertThat(registry.seen("PUT", "/upload/1").getFirst().path()).endsWith("&etag=" + etag(300));
    }

    @Test
    void piecesGoWhereTheRegistrySendsThemWithoutTheToken() throws Exception {
        Layer layer = house.filler(1000, 2);
        var number = new AtomicInteger();
        registry.script("PATCH /upload/1", exchange -> {
            exchange.getResponseHeaders().set("Docker-Upload-Location", "/upload/1?state=c");
            FakeRegistry.redirect(307, registry.at("cdn.test", "/part/" + number.incrementAndGet()))
                    .to(exchange);
        });
        for (int n = 1; n <= 4; n++) {
            registry.script("PUT /part/" + n, exchange -> FakeRegistry.send(exchange, 200, new byte[0]));
        }
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, "{\"token\":\"secret\"}"));
        registry.script("POST " + UPLOADS, exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"" + registry.at("registry.test", "/token") + "\"");
                FakeRegistry.send(exchange, 401, new byte[0]);
                return;
            }
            exchange.getResponseHeaders().set("Location", "/upload/1?state=a");
            FakeRegistry.send(exchange, 202, new byte[0]);
        });
        upload(layer, 300);
        assertThat(registry.seen("PATCH", "/upload/1")).hasSize(4).allMatch(s -> s.header("Authorization")
                .equals("Bearer secret"));
        var parts = registry.seen("PUT", "/part/");
        assertThat(parts).hasSize(4).allMatch(s -> s.header("Authorization").isEmpty());
        assertThat(parts).allMatch(s -> s.host().startsWith("cdn.test"));
        assertThat(parts).extracting(s -> s.body().length).containsExactlyInAnyOrder(300, 300, 300, 100);
        assertThat(registry.seen("PUT", "/upload/1").getFirst().path())
                .startsWith("/upload/1?state=c&digest=")
                .endsWith("&etag=" + etag(300, TestHouse.noise(1000, 2).readNBytes(1000)));
    }

    @Test
    void aPieceThatBrokeOffGoesOnWhereTheRegistryHasIt() throws Exception {
        Layer layer = house.filler(1000, 3);
        byte[] content = TestHouse.noise(1000, 3).readNBytes(1000);
        var answers = new AtomicInteger();
        registry.script("PATCH /upload/1", exchange -> {
            byte[] body = registry.seen.getLast().body();
            if (answers.incrementAndGet() == 1) {
                received.write(body, 0, 400);
                FakeRegistry.answer(exchange, 502, "gone");
                return;
            }
            received.writeBytes(body);
            FakeRegistry.send(exchange, 202, new byte[0]);
        });
        registry.script("GET /upload/1", exchange -> {
            exchange.getResponseHeaders().set("Range", "0-399");
            exchange.getResponseHeaders().set("Location", "/upload/1?state=d");
            FakeRegistry.send(exchange, 204, new byte[0]);
        });
        upload(layer, 10_000);
        assertThat(registry.seen("PATCH", "/upload/1").getLast().header("Content-Range"))
                .isEqualTo("400-999");
        assertThat(received.toByteArray()).isEqualTo(content);
    }

    @Test
    void anUploadThatTheRegistryForgotBeginsAnew() throws Exception {
        Layer layer = house.filler(1000, 4);
        var answers = new AtomicInteger();
        registry.script(
                "PATCH /upload/1",
                exchange -> FakeRegistry.send(exchange, answers.incrementAndGet() == 1 ? 500 : 202, new byte[0]));
        upload(layer, 10_000);
        assertThat(registry.seen("POST", UPLOADS)).hasSize(2);
    }

    @Test
    void aRegistryThatTakesNoPiecesGetsAllAtOnce() throws Exception {
        Layer layer = house.filler(1000, 5);
        registry.script("PATCH /upload/1", exchange -> FakeRegistry.send(exchange, 405, new byte[0]));
        upload(layer, 300);
        var put = registry.seen("PUT", "/upload/1").getFirst();
        assertThat(put.path())
                .isEqualTo("/upload/1?state=a&digest=sha256%3A" + layer.digest().hex());
        assertThat(put.body()).isEqualTo(TestHouse.noise(1000, 5).readNBytes(1000));
    }

    @Test
    void aRefusalIsTold() {
        house.install(registry.name(), "push");
        registry.script(
                "POST " + UPLOADS,
                exchange -> FakeRegistry.answer(exchange, 403, "not\u0007 yours" + "x".repeat(9000)));
        assertThatThrownBy(() -> house.push(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageStartingWith("403: not yoursxxx")
                .hasMessageMatching(".{0,600}");
    }

    @Test
    void anUploadIsNotSentToAPrivateAddress() {
        house.install(registry.name(), "push");
        registry.script("POST " + UPLOADS, exchange -> {
            exchange.getResponseHeaders().set("Location", "http://metadata.test/upload");
            FakeRegistry.send(exchange, 202, new byte[0]);
        });
        assertThatThrownBy(() -> house.push(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
    }

    private void upload(Layer layer, long piece) throws IOException, InterruptedException {
        var lines = new Lines(
                4,
                6,
                new RateLimit(System::nanoTime, Pause.REAL),
                new Backoff(() -> 0.5, InstantSource.system()),
                _ -> {});
        try (Session session = house.session()) {
            var there =
                    new Registry(session, URI.create("http://" + registry.host()), ModelName.parse(registry.name()));
            new Upload(there, layer, house.blob(layer.digest()), lines, piece).run();
        }
    }

    private static String etag(int piece) throws Exception {
        return etag(piece, TestHouse.noise(1000, 1).readNBytes(1000));
    }

    private static String etag(int piece, byte[] content) throws Exception {
        List<byte[]> sums = new ArrayList<>();
        for (int at = 0; at < content.length; at += piece) {
            MessageDigest part = MessageDigest.getInstance("MD5");
            part.update(content, at, Math.min(piece, content.length - at));
            sums.add(part.digest());
        }
        MessageDigest all = MessageDigest.getInstance("MD5");
        sums.forEach(all::update);
        return HexFormat.of().formatHex(all.digest()) + "-" + sums.size();
    }
}
