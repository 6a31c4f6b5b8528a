package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Housekeeper.Share;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room, use, and what stays or goes on demand. */
class KeepingTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    private TestStore limited(long quota, long reserve) {
        return new TestStore(
                dir,
                new StoreSettings(
                        true, Duration.ofHours(1), Duration.ofDays(14), 0, new StoreSettings.Limits(quota, reserve)));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.STORE_FAILED))
                .hasMessageContainingAll(words);
    }

    @Test
    void whatDoesNotFitTheDiskIsRefusedWithTheNumbers() {
        store.shelf.requireRoom(1);
        refused(() -> store.shelf.requireRoom(Long.MAX_VALUE), "9223372.0 TB more are needed", "are free");
        refused(() -> limited(0, Long.MAX_VALUE).shelf.requireRoom(1), "1 B more are needed", "stay reserved");
        refused(() -> store.shelf.scratch(Long.MAX_VALUE), "not enough room on the disk");
    }

    @Test
    void whatDoesNotFitTheQuotaIsRefusedWithTheNumbers() throws IOException {
        var small = limited(10_000, 0);
        Files.write(small.layout.blobs().resolve("sha256-" + "a".repeat(64)), new byte[6_000]);
        Path partial = small.layout.blobs().resolve("sha256-" + "b".repeat(64) + "-partial");
        Files.write(partial, new byte[50_000]);
        Files.writeString(Path.of(partial + "-0"), "{\"Completed\":1000}");
        small.shelf.requireRoom(3_000);
        refused(() -> small.shelf.requireRoom(3_001), "10.0 KB (quota)", "7.0 KB are taken", "3.0 KB more are needed");
    }

    @Test
    void contentThatGrowsBeyondTheQuotaLeavesNothing() throws IOException {
        var small = limited(3 << 20, 0);
        refused(
                () -> small.shelf.put(new ByteArrayInputStream(new byte[5 << 20])),
                "3.1 MB (quota)",
                "5.2 MB are taken");
        assertThat(small.blobNames()).isEmpty();
        small.shelf.put(new ByteArrayInputStream(new byte[1000]));
    }

    @Test
    void usageTellsWhatTakesHowMuch() throws IOException {
        var one = store.create("one", "shared");
        store.create("two", "shared");
        var own = store.create("three", "own");
        long weights = Files.size(one.weights());
        long config = own.size() - Files.size(own.weights());
        store.upload(new byte[77]);
        Files.writeString(store.layout.blobs().resolve("sha256-" + "b".repeat(64) + "-partial-0"), "{\"Completed\":5}");
        store.shelf.used(one);
        var usage = store.caretaker().usage();
        assertThat(usage.models()).extracting(Share::bytes).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(usage.models())
                .filteredOn(share -> share.name().model().equals("three"))
                .containsExactly(
                        new Share(own.name(), own.size(), Files.size(own.weights()), java.util.Optional.empty()));
        assertThat(usage.models())
                .filteredOn(share -> share.name().model().equals("one"))
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.ownBytes()).isZero();
                    assertThat(share.usedAt()).isPresent();
                });
        assertThat(usage.blobBytes()).isEqualTo(weights + Files.size(own.weights()) + config + 77);
        assertThat(usage.unusedBytes()).isEqualTo(77);
        assertThat(usage.partialBytes()).isEqualTo(5);
        assertThat(usage.freeBytes()).isPositive();
        assertThat(store.shelf.delete(own.name()).bytes()).as("as was said").isEqualTo(Files.size(one.weights()));
    }

    @Test
    void lastUseOutlivesTheProcessAndFollowsTheModel() throws IOException {
        var model = store.create("M", "one");
        store.shelf.used(model);
        var uses = store.stock.books().uses();
        var when = uses.of(ModelName.parse("m")).orElseThrow();
        assertThat(dir.resolve("paddock/last-use.json"))
                .as("not at every request")
                .doesNotExist();
        uses.flush();
        assertThat(store.again().stock.books().uses().of(model.name())).contains(when);
        var second = store.again();
        var other = second.create("other", "two");
        second.shelf.used(other);
        second.stock.books().flush();
        store.shelf.used(model);
        uses.flush();
        assertThat(store.again().stock.books().uses().of(other.name()))
                .as("what another server wrote stays")
                .isPresent();
        store.shelf.delete(model.name());
        uses.flush();
        assertThat(store.again().stock.books().uses().of(model.name())).isEmpty();
        assertThat(store.again().stock.books().uses().of(other.name())).isPresent();
    }

    @Test
    void pruningOnDemandTellsFirstAndRemovesTheSame() throws IOException {
        store.create("m", "one");
        Path unused =
                TestStore.old(Files.write(store.layout.blobs().resolve("sha256-" + "a".repeat(64)), new byte[10]));
        Path young = Files.write(store.layout.blobs().resolve("sha256-" + "b".repeat(64)), new byte[20]);
        Files.createDirectories(dir.resolve("manifests/host/ns/model"));
        var caretaker = store.caretaker();
        var dry = caretaker.prune(true);
        assertThat(unused).exists();
        assertThat(dir.resolve("manifests/host")).exists();
        assertThat(dry.files())
                .containsExactly(
                        "blobs/sha256-" + "a".repeat(64),
                        "manifests/host/ns/model/",
                        "manifests/host/ns/",
                        "manifests/host/");
        assertThat(dry.bytes()).isEqualTo(10);
        assertThat(dry.kept())
                .containsExactly(
                        "1 unused blob of 20 B stay: somebody brought or asked for them less than 60 minutes ago");
        assertThat(caretaker.prune(false)).isEqualTo(dry);
        assertThat(unused).doesNotExist();
        assertThat(young).exists();
        assertThat(dir.resolve("manifests/host")).doesNotExist();
        assertThat(caretaker.prune(false).files()).isEmpty();
    }

    @Test
    void whatSomebodyIsAboutToUseOutlivesTheModelThatHadIt() throws IOException {
        var model = store.create("m", "one");
        var elsewhere = store.again();
        elsewhere.shelf.keep(model.weightsDigest());
        TestStore.old(model.weights());
        store.shelf.delete(model.name());
        assertThat(model.weights()).as("another server is about to use it").exists();
        store.create("anchor", "two");
        store.caretaker().prune(false);
        assertThat(model.weights()).exists();
        elsewhere.create("mine", model.weightsDigest());
        assertThat(elsewhere.shelf.delete(ModelName.parse("mine")).bytes()).isPositive();
        assertThat(model.weights()).as("the promise was kept").doesNotExist();
    }

    @Test
    void aFileThatIsBeingWrittenIsNotLeftOver() throws IOException {
        store.create("anchor", "anchor");
        try (var scratch = store.shelf.scratch(0)) {
            TestStore.old(scratch.file());
            assertThat(store.caretaker().prune(false).files()).isEmpty();
            assertThat(scratch.file()).exists();
        }
    }

    @Test
    void aPromiseEndsWithTheGracePeriod() throws IOException {
        store.create("anchor", "anchor");
        Digest digest = store.upload("x".getBytes());
        TestStore.old(store.layout.blob(digest));
        TestStore.old(store.layout.promised().resolve(digest.fileName()));
        var pruned = store.caretaker().prune(false);
        assertThat(pruned.files()).contains("blobs/" + digest.fileName(), "paddock/promised/" + digest.fileName());
    }

    @Test
    void replacingAModelTellsWhenLayersGo() {
        store.create("m", "one");
        List<String> told = new ArrayList<>();
        var two = store.create("two", "two");
        byte[] manifest = store.shelf.manifest(two.name()).orElseThrow().content();
        store.shelf.install(ModelName.parse("m"), manifest, p -> told.add(p.status()));
        assertThat(told).containsExactly("writing manifest", "removing unused layers");
        told.clear();
        store.shelf.install(ModelName.parse("m"), manifest, p -> told.add(p.status()));
        assertThat(told).containsExactly("writing manifest");
    }

    @Test
    void aBlobThatWentMeanwhileMakesNoModel() throws IOException {
        var model = store.create("m", "one");
        byte[] manifest = store.shelf.manifest(model.name()).orElseThrow().content();
        store.shelf.delete(model.name());
        refused(() -> store.shelf.install(ModelName.parse("m"), manifest, _ -> {}), "is not there in full");
        assertThat(store.shelf.list()).isEmpty();
    }
}
