package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Adapter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterFilesTest {
    @TempDir
    Path directory;

    private final AdapterFiles files = new AdapterFiles();

    private Adapter adapter(String name) {
        return new Adapter(directory.resolve(name), 1);
    }

    @Test
    void eachFileIsReadOnce() throws IOException {
        Files.write(directory.resolve("one"), new byte[3_000_000]);
        Files.write(directory.resolve("two"), new byte[7]);
        assertThat(files.read(List.of(adapter("one"), adapter("two")))).isEqualTo(3_000_007);
        assertThat(files.read(List.of(adapter("two"), adapter("one")))).isZero();
    }

    @Test
    void aFileThatIsNotThereIsForTheLoaderToTell() {
        assertThat(files.read(List.of(adapter("none")))).isZero();
        assertThat(files.read(List.of(new Adapter(directory, 1)))).isZero();
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(directory.resolve("huge").toFile(), "rw")) {
            sparse.setLength(AdapterFiles.MOST_BYTES + (5 << 20));
        }
        assertThat(files.read(List.of(adapter("huge")))).isEqualTo(AdapterFiles.MOST_BYTES);
    }
}
