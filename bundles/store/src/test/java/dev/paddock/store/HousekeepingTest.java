package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Housekeeper.Step;
import dev.paddock.api.store.Housekeeper.Step.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    @TempDir
    Path dir;

    TestStore store;
    Housekeeping housekeeping;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
        housekeeping = new Housekeeping(store.stock);
    }

    private Path blob(String name) throws IOException {
        return TestStore.old(Files.writeString(store.layout.blobs().resolve(name), "x"));
    }

    @Test
    void oldUnusedBlobsAndLeftOversGoAndTheRestStays() throws IOException {
        var model = store.create("m", "one");
        TestStore.old(model.weights());
        String hex = "a".repeat(64);
        Path unused = blob("sha256-" + hex);
        Path temp = blob("sha256-123456");
        Path transfer = blob("sha256-" + hex + ".tmp");
        Path partial = blob("sha256-" + "f".repeat(64) + "-partial");
        Path part = blob("sha256-" + "f".repeat(64) + "-partial-0");
        Path orphan = blob("sha256-" + "d".repeat(64) + "-partial-3");
        Path done = blob(model.weightsDigest().fileName() + "-partial");
        Path doneNote = blob(model.weightsDigest().fileName() + "-partial-0");
        Path late = TestStore.aged(blob("sha256-" + "e".repeat(64) + "-partial"), Duration.ofDays(15));
        Path lateNote = TestStore.aged(blob("sha256-" + "e".repeat(64) + "-partial-0"), Duration.ofDays(15));
        Path foreign = blob("README.txt");
        Path young = Files.writeString(store.layout.blobs().resolve("sha256-" + "b".repeat(64)), "x");
        Path manifestTemp = TestStore.old(Files.writeString(dir.resolve("manifests/.tmp-1"), "x"));
        String outcome = housekeeping.prune();
        assertThat(outcome).startsWith("1 model, 9 files of 4 B removed; 1 unused blob of 1 B stay: somebody brought");
        for (Path gone : new Path[] {unused, temp, transfer, manifestTemp, orphan, done, doneNote, late, lateNote})
            assertThat(gone).doesNotExist();
        for (Path kept : new Path[] {partial, part, foreign, young, model.weights()})
            assertThat(kept).exists();
    }

    @Test
    void nothingIsPrunedWhileAManifestIsUnreadable() throws IOException {
        store.create("m", "one");
        store.writeManifest("broken", "{");
        Path unused = blob("sha256-" + "a".repeat(64));
        assertThat(housekeeping.prune())
                .contains(
                        "1 unused blob of 1 B stay: manifests/registry.ollama.ai/library/broken/latest cannot be read");
        assertThat(unused).exists();
    }

    @Test
    void nothingIsPrunedWhenThereIsNoManifest() throws IOException {
        Path unused = blob("sha256-" + "a".repeat(64));
        assertThat(housekeeping.prune()).contains("there is no manifest at all");
        assertThat(unused).exists();
    }

    @Test
    void nothingIsPrunedWhileADownloadRuns() throws IOException {
        store.create("m", "one");
        Path unused = blob("sha256-" + "a".repeat(64));
        Path partial = Files.writeString(store.layout.blobs().resolve("sha256-" + "c".repeat(64) + "-partial"), "x");
        Path note = Files.writeString(store.layout.blobs().resolve("sha256-" + "c".repeat(64) + "-partial-0"), "x");
        assertThat(housekeeping.prune()).contains("a download is running");
        assertThat(unused).exists();
        TestStore.old(partial);
        TestStore.old(note);
        housekeeping.prune();
        assertThat(unused).doesNotExist();
        assertThat(partial).exists();
    }

    @Test
    void blobNamesOfEarlyOllamaAreBroughtUpToDate() throws IOException {
        Digest digest = Digest.of("x".getBytes());
        Files.writeString(store.layout.blobs().resolve("sha256:" + digest.hex()), "x");
        assertThat(housekeeping.blobNames()).isEqualTo("1 renamed");
        assertThat(store.shelf.find(digest)).isPresent();
    }

    @Test
    void emptyManifestDirectoriesGoButLinksStay() throws IOException {
        store.create("m", "one");
        Files.createDirectories(dir.resolve("manifests/host/empty/model"));
        Path elsewhere = Files.createDirectories(dir.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(dir.resolve("manifests/linked"), elsewhere);
        assertThat(housekeeping.emptyDirectories()).isEqualTo("3 removed");
        assertThat(dir.resolve("manifests/host")).doesNotExist();
        assertThat(link).exists();
        assertThat(store.names()).containsExactly("m:latest");
    }

    @Test
    void aStepThatFailsIsRememberedAndStopsNothing() {
        var steps = new Steps(List.of("failing", "broken", "fine", "waiting"));
        steps.run("failing", () -> {
            throw new IOException("disk on fire");
        });
        steps.run("broken", () -> {
            throw new IllegalStateException("oops");
        });
        steps.run("fine", () -> "all done");
        assertThat(steps.all())
                .extracting(Step::name, Step::state, Step::outcome)
                .containsExactly(
                        tuple("failing", State.FAILED, "disk on fire"),
                        tuple("broken", State.FAILED, "a bug: java.lang.IllegalStateException: oops"),
                        tuple("fine", State.DONE, "all done"),
                        tuple("waiting", State.WAITING, ""));
    }

    @Test
    void sizesAreWrittenForPeople() {
        assertThat(Bytes.text(0)).isEqualTo("0 B");
        assertThat(Bytes.text(1_234_567_890)).isEqualTo("1.2 GB");
        assertThat(Bytes.text(Long.MAX_VALUE)).endsWith(" TB");
    }
}
