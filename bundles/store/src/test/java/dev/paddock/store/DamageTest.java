package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.store.Housekeeper.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    @TempDir
    Path dir;

    TestStore store;
    StoredModel model;

    @BeforeEach
    void fill() {
        store = new TestStore(dir);
        model = store.create("m", "one");
    }

    /** Flips a bit and leaves size and, when told, the time as they are. */
    private void damage(boolean timeToo) throws IOException {
        FileTime time = Files.getLastModifiedTime(model.weights());
        byte[] content = Files.readAllBytes(model.weights());
        content[content.length - 1] ^= 1;
        Files.write(model.weights(), content);
        Files.setLastModifiedTime(model.weights(), timeToo ? FileTime.fromMillis(time.toMillis() + 5000) : time);
    }

    private String reason(TestStore of) {
        return of.shelf.find(model.name()).orElseThrow().damage();
    }

    @Test
    void aDamagedBlobIsPutAsideAndEveryModelThatUsesItSaysSo() throws IOException {
        store.shelf.copy(model.name(), ModelName.parse("twin"));
        store.create("other", "two");
        damage(true);
        byte[] content = Files.readAllBytes(model.weights());
        var found = store.caretaker().verify(false, _ -> {});
        assertThat(found.blobs()).as("only the changed one was read").isEqualTo(1);
        assertThat(found.damage()).singleElement().satisfies(d -> {
            assertThat(d.digest()).isEqualTo(model.weightsDigest());
            assertThat(d.reason())
                    .contains("put aside as paddock/damaged/"
                            + model.weightsDigest().fileName());
            assertThat(d.models()).extracting(ModelName::model).containsExactlyInAnyOrder("m", "twin");
        });
        assertThat(dir.resolve("paddock/damaged").resolve(model.weightsDigest().fileName()))
                .hasBinaryContent(content);
        assertThat(model.weights()).doesNotExist();
        assertThat(store.shelf.list())
                .filteredOn(m -> !m.damage().isEmpty())
                .extracting(m -> m.name().model())
                .containsExactlyInAnyOrder("m", "twin");
        assertThat(reason(store))
                .startsWith("blob " + model.weightsDigest() + " is damaged: its content has the digest");
        assertThat(store.shelf.find(model.weightsDigest())).isEmpty();
        var again = store.again();
        assertThat(again.caretaker().damage()).as("remembered over restarts").isEqualTo(found.damage());
        assertThat(reason(again)).isEqualTo(reason(store));
    }

    @Test
    void bringingTheBlobAgainHealsIt() throws IOException {
        damage(true);
        store.caretaker().verify(false, _ -> {});
        store.upload(TestStore.gguf("one"));
        assertThat(reason(store)).isEmpty();
        assertThat(store.caretaker().damage()).isEmpty();
        assertThat(store.again().caretaker().damage()).isEmpty();
    }

    @Test
    void aBlobThatSomebodyElseBringsBackHealsToo() throws IOException {
        damage(true);
        store.caretaker().verify(false, _ -> {});
        var other = store.again();
        Files.write(model.weights(), TestStore.gguf("one"));
        assertThat(reason(other)).isEmpty();
        assertThat(other.shelf.find(model.weightsDigest())).isPresent();
    }

    @Test
    void whatWasReadIsReadAgainOnlyWhenItsTimeOrSizeChanges() throws IOException {
        assertThat(store.caretaker().verify(false, _ -> {}).blobs())
                .as("we wrote them")
                .isZero();
        store.stock.books().flush();
        var again = store.again();
        assertThat(again.caretaker().verify(false, _ -> {}).blobs())
                .as("remembered")
                .isZero();
        again.shelf.keep(model.weightsDigest());
        assertThat(again.caretaker().verify(false, _ -> {}).blobs())
                .as("touching is no change")
                .isZero();
        damage(false);
        assertThat(again.caretaker().verify(false, _ -> {}).damage()).isEmpty();
        List<String> told = new ArrayList<>();
        assertThat(again.caretaker().verify(true, p -> told.add(p.status())).damage())
                .as("all means all")
                .hasSize(1);
        assertThat(told).contains("verifying").endsWith("success");
    }

    @Test
    void aBlobOfAnotherSizeIsDamagedBeforeItIsRead() throws IOException {
        Files.writeString(model.weights(), "short");
        assertThat(reason(store)).contains("has 5 bytes where");
        assertThat(new SizeCheck(store.stock).run()).contains("0 missing, 1 of another size");
        assertThat(store.shelf.find(model.weightsDigest())).isEmpty();
        assertThat(store.caretaker().damage()).extracting(Damage::digest).containsExactly(model.weightsDigest());
        store.upload(TestStore.gguf("one"));
        assertThat(reason(store)).isEmpty();
    }

    @Test
    void missingSmallBlobsAreDamageAsWell() throws IOException {
        Path config = store.layout.blob(store.shelf
                .manifest(model.name())
                .orElseThrow()
                .manifest()
                .config()
                .orElseThrow()
                .digest());
        Files.delete(config);
        assertThat(new SizeCheck(store.stock).run()).contains("1 missing");
        assertThat(reason(store)).endsWith(" is missing");
        assertThat(reason(store.again()))
                .as("whoever reads it anew sees it at once")
                .endsWith(" is missing");
        assertThat(store.caretaker().damage()).hasSize(1);
        store.shelf.delete(model.name());
        assertThat(store.caretaker().damage()).as("nobody misses it any more").isEmpty();
    }

    @Test
    void aManifestThatLiesAboutTheSizeDamagesNothingButItself() throws IOException {
        store.writeManifest(
                "liar", Files.readString(store.manifest("m")).replaceAll("\"size\":\\d+,\"from", "\"size\":1,\"from"));
        new SizeCheck(store.stock).run();
        assertThat(reason(store)).as("its blob is known to be sound").isEmpty();
        assertThat(store.shelf.find(ModelName.parse("liar")).orElseThrow().damage())
                .contains("where 1 are expected");
    }

    @Test
    void inTheBackgroundNothingIsMovedWithoutPruning() throws IOException {
        damage(true);
        new DigestCheck(store.stock, new DigestCheck.Order(false, 0, false)).run(_ -> {});
        assertThat(model.weights()).exists();
        assertThat(reason(store)).contains("is damaged");
        assertThat(reason(store.again())).contains("is damaged");
    }

    @Test
    void theSameBlobCanBeDamagedTwice() throws IOException {
        for (int turn = 0; turn < 2; turn++) {
            damage(true);
            store.caretaker().verify(false, _ -> {});
            store.upload(TestStore.gguf("one"));
        }
        assertThat(Directories.entries(dir.resolve("paddock/damaged"))).hasSize(2);
        store.caretaker().prune(false);
        assertThat(Directories.entries(dir.resolve("paddock/damaged")))
                .as("never deleted")
                .hasSize(2);
    }

    @Test
    void anInterruptedCheckStops() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.caretaker().verify(true, _ -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theRateIsHeldBySleeping() throws InterruptedException {
        var pace = new Pace(1_000_000);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) pace.read(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(80));
    }

    @Test
    void brokenNotesAreDoneWithout() throws IOException {
        Files.createDirectories(store.layout.own());
        for (String name : List.of("damaged.json", "verified.json", "last-use.json")) {
            for (String content : List.of(
                    "",
                    "{",
                    "[]",
                    "{\"x\":1}",
                    "{\"" + "a".repeat(64) + "\":[1]}",
                    "{\"" + "a".repeat(64) + "\":{}}")) {
                Files.writeString(store.layout.own().resolve(name), content);
                assertThat(reason(store.again())).isEmpty();
            }
        }
    }
}
