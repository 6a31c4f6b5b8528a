package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal.Reason;
import dev.paddock.api.model.Digest;
import dev.paddock.backend.cpu.CpuBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Probes and fits by llama.cpp's own libraries, and what is no library. */
@Timeout(240)
class BackendsDeviceTest {
    private static final Path MODEL = Path.of(System.getProperty("paddock.test.model", "starter.gguf"));
    private static final BackendKey OLD = new BackendKey(BackendKey.CPU, "1.0.0");

    @TempDir
    static Path home;

    private static ProcessEngine engine;
    private static final Semaphore CHANGES = new Semaphore(0);

    @BeforeAll
    static void start() {
        assumeThat(MODEL)
                .as("a model to test with; set -Dpaddock.test.model=FILE")
                .isRegularFile();
        assumeThat(NativeIndex.of(ProcessEngine.class))
                .as("llama.cpp for %s; run cnf/natives/fetch", NativeIndex.platform())
                .isNotEmpty();
        engine = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, UnaryOperator.identity());
        engine.addBackend(new CpuBackend(OLD.version()));
        engine.onBackendsChanged(CHANGES::release);
    }

    @AfterAll
    static void stop() {
        if (engine != null) engine.deactivate();
    }

    @Test
    void theCpuIsFoundByItsProbe() throws Exception {
        var report = probed(OLD);
        assertThat(report.refusal()).isEmpty();
        assertThat(report.devices())
                .allMatch(device -> device.backend().equals(OLD))
                .anyMatch(device -> device.kind() == Device.Kind.CPU);
        assertThat(engine.devices().getFirst().name()).isEqualTo(Device.HOST);
    }

    @Test
    void aFileThatIsNoLibraryIsRefusedAndDisturbsNobody() throws Exception {
        var key = new BackendKey("garbage", "1.0.0");
        byte[] noise = new byte[5000];
        new Random(5).nextBytes(noise);
        var file = Files.write(home.resolve("libggml-garbage.so"), noise);
        var natives = new NativeFile(
                "libggml-garbage.so", Digest.of(noise).hex(), file.toUri().toURL());
        try (var model = engine.load(new LoadOrder("test:latest", MODEL, "", 512, 0, 2, 1))) {
            engine.addBackend(new Garbage(key, List.of(natives)));
            assertThat(probed(key).refusal()).hasValueSatisfying(refusal -> {
                assertThat(refusal.reason()).isIn(Reason.LIBRARY_REFUSED, Reason.WRONG_VERSION);
                assertThat(refusal.detail()).contains("libggml-garbage.so");
            });
            assertThat(model.tokenize("still there", false, false)).isNotEmpty();
        }
    }

    @Test
    void whatAModelTakesIsToldAsItIsMeasured() {
        var order = new LoadOrder("test:latest", MODEL, "", 512, 0, 2, 1);
        var fits = engine.fit(order, List.of(512, 1024), List.of(Placement.cpu(OLD)));
        assertThat(fits).extracting(fit -> fit.contextLength()).containsExactly(512, 1024);
        try (var model = engine.load(order.on(Placement.cpu(OLD)))) {
            long measured = model.facts().memoryBytes();
            assertThat((double) fits.getFirst().bytesOn(Device.HOST)).isBetween(measured * 0.95, measured * 1.05);
        }
    }

    private record Garbage(BackendKey key, List<NativeFile> files) implements Backend {
        @Override
        public int order() {
            return 0;
        }
    }

    private static BackendReport probed(BackendKey key) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until) {
            for (var report : engine.backends()) {
                if (report.key().equals(key) && report.probed()) return report;
            }
            CHANGES.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(key + " was not probed");
    }
}
