package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.backend.cpu.CpuBackend;
import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real quantizer by the engine's own way, with the model that {@code paddock.test.model} names. */
@Timeout(120)
class QuantizeDeviceTest {
    private static final Path MODEL = Path.of(System.getProperty("paddock.test.model", "starter.gguf"));

    @TempDir
    Path home;

    @Test
    void aModelIsUnpackedAndPackedAnewAndLoads() throws Exception {
        assumeThat(MODEL)
                .as("a model to test with; set -Dpaddock.test.model=FILE")
                .isRegularFile();
        assumeThat(NativeIndex.of(ProcessEngine.class))
                .as("llama.cpp for %s; run cnf/natives/fetch", NativeIndex.platform())
                .isNotEmpty();
        var engine = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, UnaryOperator.identity());
        try {
            engine.addBackend(new CpuBackend("1.0.0"));
            Path plain = home.resolve("f16.gguf");
            Path packed = home.resolve("q4_0.gguf");
            engine.quantize(new QuantizeOrder(MODEL, plain, "F16", true, 1), (_, _) -> {});
            List<Long> told = new ArrayList<>();
            engine.quantize(new QuantizeOrder(plain, packed, "q4_0", false, 1), (done, _) -> told.add(done));
            assertThat(told).isSorted().hasSizeGreaterThan(20);
            assertThat(GgufFile.read(packed, 0).fileType()).contains(FileType.Q4_0);
            assertThat(Files.size(packed)).isLessThan(Files.size(plain) / 2);
            try (var model = engine.load(new LoadOrder("packed:latest", packed, "", 512, 0, 1, 0))) {
                assertThat(model.tokenize("Hello", true, true)).isNotEmpty();
            }
        } finally {
            engine.deactivate();
        }
    }
}
