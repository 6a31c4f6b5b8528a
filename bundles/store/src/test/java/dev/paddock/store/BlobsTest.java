package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private static final byte[] CONTENT = "some content".getBytes();

    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    private static InputStream failing(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
    }

    @Test
    void contentIsKeptUnderItsDigest() {
        Digest digest = store.upload(CONTENT);
        assertThat(store.shelf.find(digest)).isPresent();
        assertThat(dir.resolve("blobs").resolve("sha256-" + digest.hex())).hasBinaryContent(CONTENT);
    }

    @Test
    void contentThatIsThereIsNotReadAgain() {
        Digest digest = store.upload(CONTENT);
        store.shelf.put(digest, failing(new IOException("must not be read")));
    }

    @Test
    void contentOfAnotherDigestIsNotKeptAnywhere() throws IOException {
        Digest wrong = Digest.of(new byte[] {1});
        assertThatThrownBy(() -> store.shelf.put(wrong, new ByteArrayInputStream(CONTENT)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessage("digest mismatch, expected \"" + wrong + "\", got \"" + Digest.of(CONTENT) + "\"");
        assertThat(store.blobNames()).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        var half = new SequenceInputStream(new ByteArrayInputStream(CONTENT), failing(new IOException("reset")));
        assertThatThrownBy(() -> store.shelf.put(Digest.of(CONTENT), half))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED))
                .hasMessageContaining("reset");
        assertThat(store.blobNames()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsTheStoresFault() throws IOException {
        Files.delete(dir.resolve("blobs"));
        Files.writeString(dir.resolve("blobs"), "in the way");
        assertThatThrownBy(() -> store.upload(CONTENT))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.STORE_FAILED))
                .hasMessageContaining("cannot store sha256:");
    }
}
