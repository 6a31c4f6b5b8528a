package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.random.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeDeviceTest {
    @TempDir
    Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void weightsArePackedAsAsked() throws Exception {
        Path plain = directory.resolve("plain.gguf");
        RandomModel.write("0.1b", "f16", 1, plain);
        Path packed = directory.resolve("packed.gguf");
        assertThat(quantize(plain, packed, "q4_k_m")).isZero();
        var gguf = GgufFile.read(packed);
        assertThat(gguf.metadata().get("general.file_type")).isEqualTo((long) FileType.Q4_K_M.id());
        assertThat(gguf.tensors()).anyMatch(tensor -> tensor.type() == GgmlType.Q4_K);
        assertThat(Files.size(packed)).isLessThan(Files.size(plain) / 2);
    }

    @Test
    void whatIsPackedAlreadyIsRefusedAndNothingIsLeft() throws Exception {
        Path packed = directory.resolve("packed.gguf");
        assertThat(quantize(RealThings.MODEL, packed, "q4_k_m")).isEqualTo(1);
        assertThat(output()).contains("could not quantize");
        assertThat(packed).doesNotExist();
    }

    @Test
    void anUnknownTypeIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path packed = directory.resolve("packed.gguf");
        assertThat(quantize(RealThings.MODEL, packed, "q3")).isEqualTo(1);
        assertThat(output()).contains("\"q3\"", "Q4_K_M");
        assertThat(quantize(directory.resolve("none"), packed, "q6_k")).isEqualTo(1);
        assertThat(output()).contains("cannot read");
        assertThat(packed).doesNotExist();
    }

    private int quantize(Path in, Path out, String type) throws IOException, InterruptedException {
        String libs = RealThings.NATIVES.toString();
        Process process = RunnerProcess.java(
                directory.resolve("output"),
                "quantize",
                "--libs",
                libs,
                "--in",
                in.toString(),
                "--out",
                out.toString(),
                "--type",
                type,
                "--threads",
                "1");
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }
}
