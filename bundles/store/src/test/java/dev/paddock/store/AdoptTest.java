package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptTest {
    @TempDir
    Path dir;

    TestStore store;
    final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        store = new TestStore(dir.resolve("models"));
    }

    private List<ModelName> adopt(Path source, String name) {
        return store.shelf.adopt(
                source, name.isEmpty() ? Optional.empty() : Optional.of(ModelName.parse(name)), this::tell);
    }

    private void tell(Progress progress) {
        told.add(progress.status());
    }

    private void refused(Path source, String name, String why) {
        assertThatThrownBy(() -> adopt(source, name))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(why);
    }

    private Path gguf(String file, String salt) throws IOException {
        return TestStore.old(Files.write(dir.resolve(file), TestStore.gguf(salt)));
    }

    @Test
    void aFileBecomesAModelWhereItLies() throws IOException {
        Path file = gguf("Some Model.Q4.gguf", "one");
        Instant time = Files.getLastModifiedTime(file).toInstant();
        assertThat(adopt(file, "mine")).containsExactly(ModelName.parse("mine"));
        var model = store.shelf.find(ModelName.parse("mine")).orElseThrow();
        assertThat(Files.isSameFile(model.weights(), file))
                .as("one file, two names")
                .isTrue();
        assertThat(model.damage()).isEmpty();
        assertThat(model.details().parentModel()).isEqualTo("Some Model.Q4.gguf");
        assertThat(told)
                .contains("computing digest", "mine:latest: by hard link")
                .endsWith("success");
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .as("nothing of ours touches it")
                .isEqualTo(time);
        assertThat(store.blobNames()).hasSize(2);
        assertThat(adopt(file, "mine")).as("again is fine").hasSize(1);
        assertThat(adopt(file, "")).containsExactly(ModelName.parse("some-model.q4"));
        store.shelf.delete(ModelName.parse("mine"));
        assertThat(store.shelf.delete(ModelName.parse("some-model.q4")).bytes())
                .as("the file itself is elsewhere too")
                .isLessThan(1000);
        assertThat(file).hasBinaryContent(TestStore.gguf("one"));
        assertThat(store.blobNames()).isEmpty();
    }

    @Test
    void aFileOnAnotherDiskIsLinkedByName() throws IOException {
        Path shm = Path.of("/dev/shm");
        assumeThat(Files.isWritable(shm)).as("needs a second file system").isTrue();
        assumeThat(Files.getFileStore(shm)).isNotEqualTo(Files.getFileStore(dir));
        Path elsewhere = Files.createTempDirectory(shm, "paddock-");
        try {
            Path file = Files.write(elsewhere.resolve("m.gguf"), TestStore.gguf("one"));
            adopt(file, "far");
            assertThat(told).contains("far:latest: by link by name");
            var model = store.shelf.find(ModelName.parse("far")).orElseThrow();
            assertThat(Files.isSymbolicLink(model.weights())).isTrue();
            assertThat(store.shelf.metadata(model)).isNotEmpty();
            assertThat(store.caretaker().usage().blobBytes())
                    .as("a link takes nothing")
                    .isLessThan(1000);
            Files.move(file, elsewhere.resolve("gone"));
            assertThat(store.shelf.find(model.name()).orElseThrow().damage()).contains("links to a file that is gone");
            Files.move(elsewhere.resolve("gone"), file);
            assertThat(store.shelf.find(model.name()).orElseThrow().damage()).isEmpty();
            store.caretaker().prune(false);
            assertThat(store.shelf.delete(model.name()).bytes()).isLessThan(1000);
            assertThat(Files.exists(model.weights(), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
            assertThat(file).as("only the link went").exists();
        } finally {
            for (Path left : Directories.entries(elsewhere)) Files.delete(left);
            Files.delete(elsewhere);
        }
    }

    @Test
    void aStoreIsTakenOverWithItsNames() throws IOException {
        var ollama = new TestStore(dir.resolve("ollama/models"));
        ollama.create("hf.co/User/Repo:Q4", "one");
        ollama.create("small", "two");
        byte[] manifest = Files.readAllBytes(ollama.manifest("small"));
        assertThat(adopt(dir.resolve("ollama"), ""))
                .as("Ollama's home is as good as its models directory")
                .containsExactlyInAnyOrder(ModelName.parse("hf.co/User/Repo:Q4"), ModelName.parse("small"));
        assertThat(store.manifest("small")).hasBinaryContent(manifest);
        assertThat(store.names()).containsExactly("hf.co/User/Repo:Q4", "small:latest");
        for (String blob : ollama.blobNames()) {
            assertThat(Files.isSameFile(
                            ollama.layout.blobs().resolve(blob),
                            store.layout.blobs().resolve(blob)))
                    .isTrue();
        }
        assertThat(adopt(ollama.root, "")).as("again is fine").hasSize(2);
        store.shelf.delete(ModelName.parse("small"));
        assertThat(ollama.shelf.find(ModelName.parse("small")).orElseThrow().damage())
                .isEmpty();
    }

    @Test
    void blobsOfAnotherStoreAreReadAfterwards() throws IOException {
        var ollama = new TestStore(dir.resolve("ollama"));
        var model = ollama.create("m", "one");
        byte[] content = Files.readAllBytes(model.weights());
        content[content.length - 1] ^= 1;
        Files.write(model.weights(), content);
        adopt(ollama.root, "");
        assertThat(store.stock.unread()).isTrue();
        assertThat(store.shelf.find(model.name()).orElseThrow().damage())
                .as("trusted at first")
                .isEmpty();
        assertThat(store.caretaker().verify(false, _ -> {}).damage()).hasSize(1);
        assertThat(store.shelf.find(model.name()).orElseThrow().damage()).contains("its content has the digest");
        assertThat(model.weights()).as("what was adopted stays as it is").hasBinaryContent(content);
    }

    @Test
    void whatIsNotWholeStaysBehind() throws IOException {
        var ollama = new TestStore(dir.resolve("ollama"));
        ollama.create("good", "one");
        Files.delete(ollama.create("missing", "two").weights());
        Files.writeString(ollama.create("short", "three").weights(), "short");
        ollama.writeManifest("broken", "{");
        assertThat(adopt(ollama.root, "")).containsExactly(ModelName.parse("good"));
        assertThat(told).anyMatch(s -> s.matches("leaving out missing:latest: blob sha256:\\w+ is missing"));
        assertThat(told).anyMatch(s -> s.matches("leaving out short:latest: blob .* has 5 bytes where \\d+ .*"));
        assertThat(told).anyMatch(s -> s.startsWith("leaving out broken:latest: "));
    }

    @Test
    void aNameOfAnotherModelIsRefusedBeforeAnythingComes() throws IOException {
        store.create("Taken", "mine");
        var ollama = new TestStore(dir.resolve("ollama"));
        ollama.create("a", "one");
        ollama.create("taken", "two");
        refused(ollama.root, "", "nothing was adopted: other models have the names taken:latest");
        assertThat(store.names()).containsExactly("Taken:latest");
        refused(gguf("x.gguf", "other"), "TAKEN", "the name 'TAKEN:latest' is taken by another model");
    }

    @Test
    void whatIsNeitherIsRefused() throws IOException {
        refused(dir.resolve("nothing"), "m", "there is nothing at");
        refused(Files.writeString(dir.resolve("text.gguf"), "hello"), "m", "not a sound GGUF file");
        refused(Files.createDirectory(dir.resolve("empty")), "", "is no models directory");
        new TestStore(dir.resolve("fresh"));
        refused(dir.resolve("fresh"), "", "there is no whole GGUF model");
        refused(dir.resolve("models"), "", "this server's own models directory");
        refused(dir.resolve("models"), "m", "brings its own names");
        Path adapter = Files.write(
                dir.resolve("adapter.gguf"),
                TestStore.bytes(TestStore.describe("a").text("general.type", "adapter")));
        refused(adapter, "m", "no model but an adapter");
        Path part = Files.write(
                dir.resolve("part.gguf"),
                TestStore.bytes(TestStore.describe("a").uint32("split.count", 2)));
        refused(part, "m", "one part of a split model");
        assertThat(store.shelf.list()).isEmpty();
        assertThat(store.blobNames()).isEmpty();
    }

    @Test
    void aDamagedBlobIsReplacedByTheAdoptedFile() throws IOException {
        Path file = gguf("m.gguf", "one");
        var model = store.create("m", "one");
        byte[] content = Files.readAllBytes(model.weights());
        content[content.length - 1] ^= 1;
        Files.write(model.weights(), content);
        store.caretaker().verify(true, _ -> {});
        assertThat(store.shelf.find(model.name()).orElseThrow().damage()).isNotEmpty();
        adopt(file, "again");
        assertThat(store.shelf.list()).allSatisfy(m -> assertThat(m.damage()).isEmpty());
    }
}
