package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.fault.Fault;
import dev.paddock.backend.cpu.CpuBackend;
import dev.paddock.testkit.EngineContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine: llama.cpp in a runner, with the model that the property {@code paddock.test.model} names. */
@Timeout(120)
class LlamaEngineDeviceTest extends EngineContract {
    private static final Path MODEL = Path.of(System.getProperty("paddock.test.model", "starter.gguf"));

    @TempDir
    static Path home;

    private static ProcessEngine engine;

    @BeforeAll
    static void start() {
        assumeThat(MODEL)
                .as("a model to test with; set -Dpaddock.test.model=FILE")
                .isRegularFile();
        assumeThat(NativeIndex.of(ProcessEngine.class))
                .as("llama.cpp for %s; run cnf/natives/fetch", NativeIndex.platform())
                .isNotEmpty();
        engine = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, UnaryOperator.identity());
        engine.addBackend(new CpuBackend("1.0.0"));
    }

    @AfterAll
    static void stop() {
        if (engine != null) engine.deactivate();
    }

    @Override
    protected EngineService engine() {
        return engine;
    }

    @Override
    protected LoadOrder order() {
        return new LoadOrder("test:latest", MODEL, "", 512, 0, 2, 0);
    }

    @Test
    void theRunnerSaysWhatComputes() {
        try (var model = engine.load(order())) {
            assertThat(model.facts().backend()).contains("CPU");
            assertThat(model.facts().memoryBytes()).isPositive();
        }
    }

    @Test
    void aModelThatLlamaCannotUseIsALoadThatFailedWithItsWords() throws Exception {
        var order = ScriptedEngine.order(Files.createTempDirectory(home, "models"), "unknown");
        assertFault(() -> engine.load(order), Fault.LOAD_FAILED);
    }

    @Test
    void aKilledRunnerIsReplaced() {
        try (var model = engine.load(order())) {
            long first = model.facts().pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            assertThat(all(model.generate(greedy(model, "Hello there", 4)))).isNotEmpty();
            assertThat(model.facts().pid()).isNotEqualTo(first);
        }
    }

    @Test
    void theFirstLoadHasAnArchiveTrainedFromWhichOthersStart() throws Exception {
        engine.load(order()).close();
        long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!archiveExists() && System.nanoTime() < until) LockSupport.parkNanos(10_000_000);
        assertThat(archiveExists()).isTrue();
        try (var model = engine.load(order())) {
            assertThat(all(model.generate(greedy(model, "Hello there", 4)))).isNotEmpty();
        }
    }

    private static boolean archiveExists() throws IOException {
        try (var files = Files.walk(home.resolve("engine"))) {
            return files.anyMatch(file -> file.getFileName().toString().matches("runner-[0-9a-f]+\\.aot"));
        } catch (UncheckedIOException e) {
            return false; // something was moved meanwhile
        }
    }
}
