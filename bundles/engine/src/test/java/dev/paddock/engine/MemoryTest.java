package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models for which there is too little memory. */
@Timeout(60)
class MemoryTest {
    @TempDir
    Path home;

    private final Told told = new Told();
    private ProcessEngine engine;
    private LoadOrder order;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
        engine.setDecisions(told);
        Path weights = home.resolve("echo.gguf");
        ScriptedEngine.weights(weights, 7);
        order = ScriptedEngine.order(weights);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void aModelThatDoesNotFitIsTriedOnceMoreWithLess() throws Exception {
        ScriptedFate.plan(order.weights(), "memory");
        try (var model = engine.load(order)) {
            assertThat(model.facts().parallel()).isOne();
            assertThat(told.of(Decision.Kind.SHRUNK)).singleElement().satisfies(decision -> {
                assertThat(decision.text())
                        .contains("1 sequences at once instead of 2")
                        .contains("failed to allocate");
                assertThat(decision.model()).isEqualTo("scripted:latest");
                assertThat(decision.numbers()).containsEntry("parallel", 1).containsEntry("parallelBefore", 2);
            });
        }
    }

    @Test
    void aSecondTimeItIsRefused() throws Exception {
        ScriptedFate.plan(order.weights(), "memory", "memory");
        assertThatThrownBy(() -> engine.load(order))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OUT_OF_MEMORY));
    }

    @Test
    void anAnswerGoesOnWithFewerLayersWhereMemoryRanOutUnderIt() throws Exception {
        engine.addBackend(ScriptedEngine.backend(home, new BackendKey("card", "1.0.0"), "device"));
        while (engine.devices().size() < 2) LockSupport.parkNanos(5_000_000);
        var onCard = new Placement(BackendKey.newest("card"), List.of(), -1, BackendKey.newest(BackendKey.CPU));
        ScriptedFate.plan(order.weights(), "memory 3");
        try (var model = engine.load(order.on(onCard))) {
            assertThat(text(model.generate(generation()))).isEqualTo("twelve bytes");
            assertThat(model.facts().placement().gpuLayers()).as("of 8").isEqualTo(6);
            assertThat(model.facts().contextLength()).isEqualTo(512);
        }
    }

    @Test
    void withoutASmallerPlanTheAnswerFails() throws Exception {
        ScriptedFate.plan(order.weights(), "memory 3");
        try (var model = engine.load(order)) {
            assertThatThrownBy(() -> text(model.generate(generation())))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OUT_OF_MEMORY));
            assertThat(model.tokenize("x", false, false)).hasSize(1);
        }
    }

    @Test
    void theHostCacheStaysWithinWhatTheModelWasAllowed() throws Exception {
        engine.modified(ScriptedEngine.settings(new Message.Tuning(5000, 0, false)));
        ScriptedFate.plan(order.weights(), "tell");
        try (var model = engine.load(order.limited(3000))) {
            engine.modified(ScriptedEngine.settings(new Message.Tuning(2000, 0, false)));
            model.tokenize("after it", false, false);
            var lines = ScriptedFate.orders(order.weights());
            assertThat(lines.getFirst()).contains("hostCacheBytes=3000");
            assertThat(lines.getLast()).contains("hostCacheBytes=2000");
        }
        assertThat(HostCache.within(new Message.Tuning(-1, 0, true), Long.MAX_VALUE, 80)
                        .hostCacheBytes())
                .isEqualTo(-1);
        assertThat(HostCache.within(new Message.Tuning(-1, 0, true), 20, 80).hostCacheBytes())
                .isEqualTo(10);
    }

    private static GenerationOrder generation() {
        return new GenerationOrder("twelve bytes".chars().toArray(), Sampling.GREEDY, Ending.after(-1));
    }

    private static String text(Generation generation) {
        var text = new StringBuilder();
        generation.forEachRemaining(chunk -> {
            if (chunk instanceof Chunk.Text part) text.append(part.text());
        });
        return text.toString();
    }
}
