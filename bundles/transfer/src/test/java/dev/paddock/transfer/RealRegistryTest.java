package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.transfer.RemoteModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull and push against a registry that others wrote. */
class RealRegistryTest {
    private static final long MEGABYTE = 1_000_000;

    @TempDir
    Path root;

    private RealRegistry registry;
    private TestHouse house;
    private String name;

    @BeforeEach
    void open() throws Exception {
        registry = RealRegistry.start(root);
        house = new TestHouse(root, Configured.forTests());
        name = registry.host() + "/library/m:latest";
    }

    @AfterEach
    void close() {
        if (house != null) house.close();
        if (registry != null) registry.close();
    }

    @Test
    void aModelGoesThereAndComesBack() throws Exception {
        Layer filler = house.filler(3 * MEGABYTE, 1);
        house.install(name, "there and back", filler);
        byte[] content =
                house.store.manifest(ModelName.parse(name)).orElseThrow().content();
        house.push(name);
        assertThat(house.statuses().getFirst()).isEqualTo("retrieving manifest");
        assertThat(house.statuses().getLast()).isEqualTo("success");
        assertThat(house.statuses()).contains("pushing " + filler.digest().hex().substring(0, 12), "pushing manifest");

        house.delete(name);
        assertThat(house.blobNames()).isEmpty();
        house.pull(name);
        assertThat(house.statuses().getFirst()).isEqualTo("pulling manifest");
        assertThat(house.statuses()).endsWith("verifying sha256 digest", "writing manifest", "success");
        assertThat(house.store.manifest(ModelName.parse(name)).orElseThrow().content())
                .isEqualTo(content);
        assertThat(house.told)
                .contains(Progress.of(
                        "pulling " + filler.digest().hex().substring(0, 12),
                        filler.digest(),
                        filler.size(),
                        filler.size()));
        assertThat(house.blobNames()).hasSize(3).noneMatch(n -> n.contains("partial"));
    }

    @Test
    void pullingAndPushingAgainMovesNothing() {
        house.install(name, "again", house.filler(2 * MEGABYTE, 2));
        house.push(name);
        house.push(name);
        house.pull(name);
        long events = house.told.stream().filter(p -> p.total() > 0).count();
        assertThat(events).as("one event a blob").isEqualTo(3);
        assertThat(house.told).filteredOn(p -> p.total() > 0).allMatch(p -> p.completed() == p.total());
    }

    @Test
    void twoClientsShareOneDownload() throws Exception {
        Layer filler = house.filler(40 * MEGABYTE, 3);
        house.install(name, "shared", filler);
        house.push(name);
        house.delete(name);
        house.transfer.modified(Configured.forTests().with("rate", "30m").config());
        List<Progress> first = new ArrayList<>();
        List<Progress> second = new ArrayList<>();
        var one = pulling(first);
        var other = pulling(second);
        CompletableFuture.allOf(one, other).get(60, TimeUnit.SECONDS);
        assertThat(first.getLast().status()).isEqualTo("success");
        assertThat(second.getLast().status()).isEqualTo("success");
        // Each would have needed as long again had they not shared it: the rate is for both together.
        assertThat(house.blobNames()).hasSize(3);
    }

    @Test
    void aRegistryThatIsKilledAndComesBackIsGoneOnWith() throws Exception {
        Layer filler = house.filler(40 * MEGABYTE, 5);
        house.install(name, "restarted", filler);
        house.push(name);
        house.delete(name);
        house.transfer.modified(Configured.forTests().with("rate", "20m").config());
        var halfway = new CountDownLatch(1);
        var pull = CompletableFuture.runAsync(() -> house.transfer.pull(RemoteModel.parse(name), true, progress -> {
            if (progress.completed() > 10 * MEGABYTE) halfway.countDown();
        }));
        assertThat(halfway.await(30, TimeUnit.SECONDS)).isTrue();
        registry.restart();
        pull.get(60, TimeUnit.SECONDS);
        assertThat(house.store.find(filler.digest())).isPresent();
    }

    private CompletableFuture<Void> pulling(List<Progress> told) {
        return CompletableFuture.runAsync(() -> house.transfer.pull(RemoteModel.parse(name), true, told::add));
    }

    @Test
    void aBlobThatTheRegistryDamagedIsRefused() throws Exception {
        Layer filler = house.filler(MEGABYTE, 4);
        house.install(name, "damaged", filler);
        house.push(name);
        house.delete(name);
        Path there = registry.blob(filler.digest().hex());
        byte[] content = Files.readAllBytes(there);
        content[500_000] ^= 1;
        Files.write(there, content);
        assertThatThrownBy(() -> house.pull(name))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageStartingWith(
                        "digest mismatch, file must be downloaded again: want " + filler.digest() + ", got sha256:");
        assertThat(house.store.manifest(ModelName.parse(name))).isEmpty();
        assertThat(house.blobNames())
                .noneMatch(n -> n.startsWith(filler.digest().fileName()));
    }

    @Test
    void whatIsNotThereIsSaidInOllamasWords() {
        assertThatThrownBy(() -> house.pull(registry.host() + "/library/unknown:latest"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND))
                .hasMessage("pull model manifest: file does not exist");
        assertThat(house.statuses()).containsExactly("pulling manifest");
        assertThatThrownBy(() -> house.push(registry.host() + "/library/unknown:latest"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND));
        assertThat(house.statuses()).containsExactly("retrieving manifest", "couldn't retrieve manifest");
    }
}
