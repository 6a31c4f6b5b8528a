package dev.paddock.gguf.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyModelTest {
    @TempDir
    Path dir;

    @Test
    void aSlidingWindowIsDescribed() throws IOException {
        Path file = dir.resolve("sliding.gguf");
        TinyModel.sliding(48, 1, file);
        var gguf = GgufFile.read(file);
        assertThat(gguf.architecture()).isEqualTo("gemma2");
        assertThat(gguf.metadata().get("gemma2.attention.sliding_window")).hasToString("48");
        assertThat(Files.size(file)).isLessThan(2 << 20);
        assertThatThrownBy(() -> TinyModel.sliding(0, 1, file)).hasMessageContaining("window of 0");
    }

    @Test
    void aRecurrentModelIsTheSameForTheSameSeedOnly() throws IOException {
        Path one = dir.resolve("one.gguf");
        Path again = dir.resolve("again.gguf");
        TinyModel.recurrent(1, one);
        TinyModel.recurrent(1, again);
        assertThat(GgufFile.read(one).architecture()).isEqualTo("mamba");
        assertThat(one).hasSameBinaryContentAs(again);
        TinyModel.recurrent(2, again);
        assertThat(Files.mismatch(one, again)).isNotNegative();
    }
}
