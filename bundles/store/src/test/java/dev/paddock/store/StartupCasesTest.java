package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases that a start has to cope with, under the letters that the behaviour specification gives them (13.2, 10). */
class StartupCasesTest {
    private static final String HEX = "a".repeat(64);

    @TempDir
    Path dir;

    TestStore store;
    StoredModel model;

    @BeforeEach
    void fill() throws IOException {
        store = new TestStore(dir.resolve("models"));
        model = store.create("m", "one");
    }

    private FileModelStore start(StoreSettings settings) throws Exception {
        Path none = dir.resolve("none");
        var started = new FileModelStore(new StorePlaces(store.root, none, none), settings);
        started.awaitHousekeeping();
        started.close();
        return started;
    }

    private void start() throws Exception {
        start(StoreSettings.QUIET);
    }

    private Path file(String name) throws IOException {
        return Files.writeString(store.layout.blobs().resolve(name), "x");
    }

    private Path old(String name) throws IOException {
        return TestStore.old(file(name));
    }

    @Test
    @DisplayName("(a) a blob named sha256:<hex> is renamed")
    void caseA() throws Exception {
        Digest digest = Digest.of("x".getBytes());
        file("sha256:" + digest.hex());
        start();
        assertThat(store.layout.blob(digest)).hasContent("x");
        assertThat(store.layout.blobs().resolve("sha256:" + digest.hex())).doesNotExist();
    }

    @Test
    @DisplayName("(b) an unreferenced blob older than an hour is removed")
    void caseB() throws Exception {
        Path unused = old("sha256-" + HEX);
        TestStore.old(model.weights());
        start();
        assertThat(unused).doesNotExist();
        assertThat(model.weights()).exists();
    }

    @Test
    @DisplayName("(c) a fresh unreferenced blob is kept")
    void caseC() throws Exception {
        Path fresh = file("sha256-" + HEX);
        start();
        assertThat(fresh).exists();
    }

    @Test
    @DisplayName("(d) an old part of a download without its content is removed")
    void caseD() throws Exception {
        Path part = old("sha256-" + HEX + "-partial-0");
        start();
        assertThat(part).doesNotExist();
    }

    @Test
    @DisplayName("(e) while a manifest is corrupt, no blob is pruned, but temporary files and old parts are")
    void caseE() throws Exception {
        store.writeManifest("broken", "{\"layers\":[{\"digest\":\"sha25");
        Path unused = old("sha256-" + HEX);
        Path temp = old("sha256-123456");
        Path part = old("sha256-" + HEX + "-partial-0");
        var started = start(StoreSettings.QUIET);
        assertThat(unused).exists();
        assertThat(temp).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(started.steps())
                .filteredOn(step -> step.name().equals("unused files"))
                .singleElement()
                .satisfies(step -> assertThat(step.outcome())
                        .contains("manifests/registry.ollama.ai/library/broken/latest cannot be read"));
        assertThat(store.caretaker().prune(true).kept()).singleElement().satisfies(reason -> assertThat(reason)
                .startsWith("1 unused blob of 1 B stay: manifests/"));
    }

    @Test
    @DisplayName("(f) while a .DS_Store lies where tags do, nothing is pruned")
    void caseF() throws Exception {
        Files.writeString(store.manifest("m").resolveSibling(".DS_Store"), "x");
        Path unused = old("sha256-" + HEX);
        start();
        assertThat(unused).exists();
        assertThat(store.caretaker().prune(true).kept()).singleElement().satisfies(reason -> assertThat(reason)
                .contains("/m/.DS_Store lies where manifests do and is none"));
        store.shelf.delete(model.name());
        assertThat(model.weights())
                .as("what is deleted by name goes all the same")
                .doesNotExist();
    }

    @Test
    @DisplayName("(g) empty directories are removed, links to directories stay")
    void caseG() throws Exception {
        Files.createDirectories(store.layout.manifests().resolve("host/empty/model"));
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(store.layout.manifests().resolve("linked"), elsewhere);
        start();
        assertThat(store.layout.manifests().resolve("host")).doesNotExist();
        assertThat(link).exists();
        assertThat(elsewhere).exists();
        assertThat(store.names()).containsExactly("m:latest");
    }

    @Test
    @DisplayName("(h) with NOPRUNE nothing is touched except renaming")
    void caseH() throws Exception {
        old("sha256-" + HEX);
        old("sha256-" + HEX + "-partial-0");
        old("sha256-123456");
        TestStore.old(Files.writeString(store.layout.manifests().resolve(".tmp-1"), "x"));
        Files.createDirectories(store.layout.manifests().resolve("host/empty/model"));
        Files.writeString(model.weights(), "damaged");
        Map<String, String> before = everything();
        Digest digest = Digest.of("x".getBytes());
        file("sha256:" + digest.hex());
        before.put("blobs/" + digest.fileName(), "x");
        start(new StoreSettings(
                false, TestStore.NOPRUNE.grace(), TestStore.NOPRUNE.partialKeep(), 1 << 30, TestStore.NOPRUNE.room()));
        assertThat(everything()).isEqualTo(before);
    }

    /** Every file and directory but our own notes, with the files' content. */
    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var paths = Files.walk(store.root)) {
            for (Path path : paths.toList()) {
                if (path.startsWith(store.layout.own())) continue;
                all.put(
                        store.layout.told(path),
                        Files.isDirectory(path)
                                ? "/"
                                : new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    @Test
    void everyStepSaysHowItWent() throws Exception {
        var started = start(StoreSettings.QUIET);
        assertThat(started.steps())
                .extracting(step -> step.name())
                .isEqualTo(List.of(
                        "directories",
                        "blob names",
                        "starter model",
                        "sizes",
                        "unused files",
                        "empty directories",
                        "models",
                        "digests"));
        assertThat(started.steps())
                .allSatisfy(step -> assertThat(step.outcome()).isNotEmpty());
    }
}
