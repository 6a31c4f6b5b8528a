package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.backend.cpu.CpuBackend;
import dev.paddock.gguf.random.RandomEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine with an embedding model. */
@Timeout(120)
class VectorsDeviceTest {
    @TempDir
    private Path home;

    private ProcessEngine engine;

    @BeforeEach
    void start() {
        assumeThat(NativeIndex.of(ProcessEngine.class))
                .as("llama.cpp for %s; run cnf/natives/fetch", NativeIndex.platform())
                .isNotEmpty();
        engine = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, UnaryOperator.identity());
        engine.addBackend(new CpuBackend("1.0.0"));
    }

    @AfterEach
    void stop() {
        if (engine != null) engine.deactivate();
    }

    @Test
    void textsOfMegabytesFromManyThreadsCostNobodyTheRunner() throws Exception {
        Path file = home.resolve("encoder.gguf");
        RandomEncoder.write(RandomEncoder.Pooling.MEAN, 5, file);
        var order = new LoadOrder("vectors", file, "", 0, 0, 0, 1);
        try (var model = engine.load(order);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            long pid = model.facts().pid();
            Callable<Integer> task = () -> {
                try {
                    return model.tokenize("word x9! ".repeat((15 << 20) / 9), false, false).length;
                } catch (PaddockException e) {
                    assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST);
                    return 1;
                }
            };
            for (Future<Integer> length : pool.invokeAll(Collections.nCopies(8, task))) {
                assertThat(length.get()).isPositive();
            }
            assertThat(model.tokenize("word", false, false)).isNotEmpty();
            assertThat(model.facts().pid()).isEqualTo(pid);
        }
    }

    @Test
    void manyThreadsGetTheVectorsOfTheirOwnTexts() throws Exception {
        Path file = home.resolve("encoder.gguf");
        RandomEncoder.write(RandomEncoder.Pooling.MEAN, 5, file);
        var order = new LoadOrder("vectors", file, "", 0, 0, 0, 1);
        try (var model = engine.load(order);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(model.facts().abilities().generate()).isFalse();
            List<int[]> inputs = new ArrayList<>();
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                inputs.add(model.tokenize("word ".repeat(i * 3) + (char) ('a' + i), true, false));
                alone.addAll(model.embed(List.of(inputs.get(i))));
            }
            List<Callable<float[]>> tasks = new ArrayList<>();
            for (int[] input : inputs)
                tasks.add(() -> model.embed(List.of(input)).getFirst());
            List<Future<float[]>> together = pool.invokeAll(tasks);
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(cosine(together.get(i).get(), alone.get(i))).isCloseTo(1, within(1e-3));
            }
            assertThat(cosine(alone.get(0), alone.get(15))).isLessThan(0.999);
        }
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += (double) one[i] * other[i];
        return sum;
    }
}
