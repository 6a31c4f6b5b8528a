package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
    @TempDir
    Path dir;

    Path file;

    @BeforeEach
    void write() throws IOException {
        file = dir.resolve("sample.gguf");
        Samples.everything().write(file);
    }

    @Test
    void everyTypeOfValueComesBack() throws IOException {
        var metadata = GgufFile.read(file).metadata();
        assertThat(metadata)
                .containsEntry("u8", 200L)
                .containsEntry("i8", -3L)
                .containsEntry("u16", 60_000L)
                .containsEntry("i16", -300L)
                .containsEntry("u32", 4_000_000_000L)
                .containsEntry("i32", -70_000L)
                .containsEntry("f32", 0.5)
                .containsEntry("yes", true)
                .containsEntry("u64", 5_000_000_000L)
                .containsEntry("huge", new BigInteger("18446744073709551615"))
                .containsEntry("i64", -5_000_000_000L)
                .containsEntry("f64", 1e-300)
                .containsEntry("tokens", List.of("a", "", "Ġgrün"))
                .containsEntry("types", List.of(1L, -1L, 3L))
                .containsEntry("flags", List.of(true, false))
                .containsEntry("none", List.of());
        assertThat(metadata.keySet())
                .startsWith("general.architecture", "u8", "i8")
                .endsWith("flags", "none");
    }

    @Test
    void tensorsAreDescribedWithTheirPlaces() throws IOException {
        var gguf = GgufFile.read(file);
        assertThat(gguf.tensors())
                .containsExactly(
                        new TensorInfo("a.weight", List.of(32L, 16L), GgmlType.Q8_0, 0, 544),
                        new TensorInfo("b.weight", List.of(8L), GgmlType.F32, 544, 32));
        assertThat(gguf.version()).isEqualTo(3);
        assertThat(gguf.alignment()).isEqualTo(32);
        assertThat(gguf.dataOffset() + 576).isEqualTo(Files.size(file));
        assertThat(gguf.parameterCount()).isEqualTo(520);
        assertThat(gguf.architecture()).isEqualTo("llama");
    }

    @Test
    void longArraysAreSkippedWhenAskedFor() throws IOException {
        var gguf = GgufFile.read(file, 2);
        assertThat(gguf.metadata())
                .containsEntry("tokens", new SkippedArray(ValueType.STRING, 3))
                .containsEntry("types", new SkippedArray(ValueType.INT32, 3))
                .containsEntry("flags", List.of(true, false));
        assertThat(gguf.tensors()).hasSize(2);
    }

    @Test
    void aTensorThatWritesTooLittleIsNoticed() {
        var writer = new GgufWriter().tensor("t", GgmlType.F32, List.of(4L), Samples.zeros(12));
        assertThatThrownBy(() -> writer.write(file)).hasMessage("t: 12 bytes written, it has 16");
    }

    @Test
    void theSameNameTwiceIsRefusedByTheWriter() {
        var writer = Samples.everything();
        assertThatThrownBy(() -> writer.bool("yes", true)).hasMessageContaining("added twice: yes");
        assertThatThrownBy(() -> writer.tensor("b.weight", GgmlType.F32, List.of(1L), Samples.zeros(4)))
                .hasMessageContaining("added twice: b.weight");
    }
}
