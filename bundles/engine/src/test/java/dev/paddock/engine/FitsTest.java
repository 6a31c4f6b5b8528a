package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FitsTest {
    private static final List<Integer> CONTEXTS = List.of(512, 1024);
    private static final List<Placement> ON_CPU = List.of(Placement.CPU);

    @TempDir
    Path home;

    private ProcessEngine engine;
    private LoadOrder order;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
        if (order == null) order = ScriptedEngine.order(home, "echo");
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void aFitIsToldForEachContext() {
        var cpu = Placement.cpu(new BackendKey("cpu", "1.0.0"));
        assertThat(engine.fit(order, CONTEXTS, ON_CPU)).containsExactly(fit(cpu, 512, 2), fit(cpu, 1024, 2));
    }

    private static Fit fit(Placement placement, int context, int parallel) {
        var use = new MemoryUse(Device.HOST, 100, context, 0);
        return new Fit(placement, 5, context, parallel, List.of(use));
    }

    @Test
    void theSameQuestionIsAskedOnceAlsoByManyAndAfterARestart() throws Exception {
        var answers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> engine.fit(order, CONTEXTS, ON_CPU), Thread::startVirtualThread))
                .toList();
        for (var answer : answers) assertThat(answer.get(30, TimeUnit.SECONDS)).hasSize(2);
        assertThat(ScriptedFate.orders(order.weights())).hasSize(1);
        engine.deactivate();
        start();
        assertThat(engine.fit(order, CONTEXTS, ON_CPU)).hasSize(2);
        assertThat(ScriptedFate.orders(order.weights())).hasSize(1);
    }

    @Test
    void anotherSizeOrAnotherFileIsAnotherQuestion() throws Exception {
        engine.fit(order, CONTEXTS, ON_CPU);
        engine.fit(order.sized(0, 7), CONTEXTS, ON_CPU);
        assertThat(ScriptedFate.orders(order.weights())).hasSize(2);
        engine.fit(order.sized(99, 7), CONTEXTS, ON_CPU);
        assertThat(ScriptedFate.orders(order.weights()))
                .as("its context does not count")
                .hasSize(2);
        Files.setLastModifiedTime(order.weights(), FileTime.fromMillis(5));
        engine.fit(order, CONTEXTS, ON_CPU);
        assertThat(ScriptedFate.orders(order.weights())).hasSize(3);
    }

    @Test
    void aDamagedEntryIsAskedAgain() throws Exception {
        engine.fit(order, CONTEXTS, ON_CPU);
        engine.deactivate();
        try (var files = Files.list(home.resolve("fits"))) {
            for (Path file : files.toList()) {
                var lines = Files.readAllLines(file);
                Files.write(file, lines.subList(0, lines.size() - 2));
            }
        }
        start();
        assertThat(engine.fit(order, CONTEXTS, ON_CPU)).hasSize(2);
        assertThat(ScriptedFate.orders(order.weights())).hasSize(2);
    }

    @Test
    void aRefusedOrDeadQuestionFailsAndIsNotRemembered() throws Exception {
        ScriptedFate.plan(order.weights(), "refuse", "load");
        assertFails(() -> engine.fit(order, CONTEXTS, ON_CPU), Fault.LOAD_FAILED, "no such architecture");
        assertFails(() -> engine.fit(order, CONTEXTS, ON_CPU), Fault.LOAD_FAILED, "could not be asked");
        assertThat(engine.fit(order, CONTEXTS, ON_CPU)).hasSize(2);
    }

    @Test
    void aQuestionThatHangsIsEnded() throws Exception {
        var rules = ScriptedEngine.BACKENDS;
        engine.modified(ScriptedEngine.settings(new EngineSettings.BackendRules(
                rules.probe(), rules.again(), Duration.ofSeconds(1), rules.choices(), rules.canary())));
        ScriptedFate.plan(order.weights(), "hang");
        assertFails(() -> engine.fit(order, CONTEXTS, ON_CPU), Fault.LOAD_FAILED, "did not answer within 1.0 s");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertFails(() -> engine.fit(order, List.of(), ON_CPU), Fault.INVALID_REQUEST, "contexts");
        assertFails(() -> engine.fit(order, List.of(0), ON_CPU), Fault.INVALID_REQUEST, "contexts");
        var elsewhere = List.of(Placement.cpu(new BackendKey("cpu", "9.0.0")));
        assertFails(() -> engine.fit(order, CONTEXTS, elsewhere), Fault.UNAVAILABLE, "cpu 9.0.0 is not installed");
    }

    private static void assertFails(Runnable call, Fault fault, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
