package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.transfer.RemoteModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Pulls from a registry that does what real ones only do on bad days: group 11 of the specification's cases. */
class RegistryMockTest extends MockedRegistry {
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
        // Not where a write would end of itself.
        int broken = (5 << 20) + 12_345;
        registry.model(big);
        var answers = new AtomicInteger();
        registry.script("GET " + FakeRegistry.blobPath(big.digest()), exchange -> {
            if (answers.incrementAndGet() > 1) {
                registry.serve(exchange);
                return;
            }
            exchange.sendResponseHeaders(200, big.size());
            exchange.getResponseBody().write(registry.blobs.get(big.digest().toString()), 0, broken);
        });
        house.pull(registry.name());
        assertThat(registry.seen("GET", FakeRegistry.blobPath(big.digest()))
                        .getLast()
                        .header("Range"))
                .isEqualTo("bytes=" + broken + "-" + (big.size() - 1));
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
        house.transfer.modified(Configured.forTests().with("stall", "400ms").config());
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
}
