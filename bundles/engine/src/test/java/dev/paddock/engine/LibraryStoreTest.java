package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStoreTest {
    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void root() {
        root = temp.resolve("engine");
    }

    @Test
    void theSameFilesShareADirectoryAndOthersGetTheirOwn() throws IOException {
        var store = new LibraryStore(root);
        Path one = store.assemble("cpu", List.of(file("a", "1"), file("b", "2")));
        assertThat(one.resolve("a")).hasContent("1");
        assertThat(one.resolve("b")).hasContent("2");
        assertThat(store.assemble("cpu", List.of(file("b", "2"), file("a", "1"))))
                .isEqualTo(one);
        assertThat(store.assemble("cpu", List.of(file("a", "1"), file("b", "3"))))
                .isNotEqualTo(one);
        assertThat(one.resolve("b")).hasContent("2");
    }

    @Test
    void aDamagedDirectoryIsNoticedAfterAStartAndMadeAnew() throws IOException {
        Path directory = new LibraryStore(root).assemble("cpu", List.of(file("a", "1")));
        Files.writeString(directory.resolve("a"), "damaged");
        assertThat(new LibraryStore(root)
                        .assemble("cpu", List.of(file("a", "1")))
                        .resolve("a"))
                .hasContent("1");
    }

    @Test
    void aFileWithAnotherDigestLeavesNothingBehind() throws IOException {
        var good = file("a", "1");
        var wrong = new NativeFile("a", Digest.of(new byte[] {9}).hex(), good.content());
        assertThatThrownBy(() -> new LibraryStore(root).assemble("cpu", List.of(wrong)))
                .hasMessageContaining("damaged");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFileThatIsGoneIsNoticedThoughTheDirectoryIsSealed() throws IOException {
        var files = List.of(file("a", "1"), file("b", "2"));
        Path directory = new LibraryStore(root).assemble("cpu", files);
        Files.delete(directory.resolve("b"));
        assertThat(new LibraryStore(root).assemble("cpu", files).resolve("b")).hasContent("2");
    }

    @Test
    void cleaningRemovesWhatNobodyUsedForLong() throws IOException {
        Path old = new LibraryStore(root).assemble("cpu", List.of(file("a", "1")));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path ofAnotherServer = new LibraryStore(root).assemble("cpu", List.of(file("a", "2")));
        var store = new LibraryStore(root);
        Path used = store.assemble("cpu", List.of(file("a", "3")));
        store.clean();
        assertThat(old).doesNotExist();
        assertThat(ofAnotherServer).isDirectory();
        assertThat(used).isDirectory();
    }

    @Test
    void filesLieBesideAProgramThatMayBeWrittenAndElseInTheHome() {
        assertThat(LibraryStore.place(Optional.of(temp), temp.resolve("home"))).isEqualTo(temp.resolve("cache/engine"));
        assertThat(LibraryStore.place(Optional.of(temp.resolve("gone")), temp.resolve("home")))
                .isEqualTo(temp.resolve("home/engine"));
    }

    private NativeFile file(String name, String content) throws IOException {
        Path path = Files.writeString(Files.createTempFile(temp, name, ""), content);
        return new NativeFile(
                name, Digest.of(content.getBytes()).hex(), path.toUri().toURL());
    }
}
