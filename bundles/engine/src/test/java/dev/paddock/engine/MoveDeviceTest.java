package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Sampling;
import dev.paddock.backend.cpu.CpuBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** llama.cpp's own runners and backends: moves under streams. */
@Timeout(240)
class MoveDeviceTest {
    private static final Path MODEL = Path.of(System.getProperty("paddock.test.model", "starter.gguf"));
    private static final BackendKey OLD = new BackendKey(BackendKey.CPU, "1.0.0");
    private static final BackendKey NEW = new BackendKey(BackendKey.CPU, "2.0.0");
    private static final int STREAMS = 4;
    private static final int TOKENS = 400;

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
        engine.addBackend(new CpuBackend(OLD.version()));
    }

    @AfterAll
    static void stop() {
        if (engine != null) engine.deactivate();
    }

    @Test
    void greedyStreamsReadTheSameAfterMoves() {
        var order = new LoadOrder("test:latest", MODEL, "", 2048, 0, STREAMS, 1);
        var newer = new CpuBackend(NEW.version());
        try (var model = engine.load(order.on(Placement.cpu(OLD)))) {
            var undisturbed = streams(model).stream().map(MoveDeviceTest::rest).toList();
            engine.addBackend(newer);
            var moving = streams(model);
            var beginnings = moving.stream().map(MoveDeviceTest::piece).toList();
            var there = model.move(order.on(Placement.cpu(NEW)), new Move.Terms(true, false));
            assertThat(there.moved()).as(there.reason()).isTrue();
            var back = model.move(order.on(Placement.cpu(OLD)), new Move.Terms(false, true));
            assertThat(back.moved()).isTrue();
            assertThat(there.answers() + back.answers())
                    .as("they were moved while they ran")
                    .isPositive();
            for (int i = 0; i < STREAMS; i++) {
                assertThat(beginnings.get(i) + rest(moving.get(i))).isEqualTo(undisturbed.get(i));
            }
        } finally {
            engine.removeBackend(newer);
        }
    }

    private static List<Generation> streams(LoadedModel model) {
        List<Generation> all = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int[] prompt = model.tokenize("Once upon a time in the year " + i, true, false);
            all.add(model.generate(new GenerationOrder(prompt, Sampling.GREEDY, Ending.after(TOKENS))));
        }
        return all;
    }

    private static String piece(Generation generation) {
        return ((Chunk.Text) generation.next()).text();
    }

    private static String rest(Generation generation) {
        var text = new StringBuilder();
        generation.forEachRemaining(chunk -> {
            if (chunk instanceof Chunk.Text part) text.append(part.text());
        });
        return text.toString();
    }
}
