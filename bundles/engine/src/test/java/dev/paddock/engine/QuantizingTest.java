package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuantizingTest {
    @TempDir
    Path home;

    private ProcessEngine engine;
    private Path source;
    private Path target;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
        source = home.resolve("source.gguf");
        target = home.resolve("target.gguf");
        new GgufWriter()
                .text("general.architecture", "scripted")
                .tensor("a", GgmlType.F32, List.of(1L), out -> out.write(ByteBuffer.allocate(4)))
                .tensor("b", GgmlType.F32, List.of(3L), out -> out.write(ByteBuffer.allocate(12)))
                .write(source);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    private QuantizeOrder order() {
        return new QuantizeOrder(source, target, "Q4_K_M", true, 3);
    }

    private void quantize() {
        engine.quantize(order(), (_, _) -> {});
    }

    @Test
    void theRunnerGetsTheOrderAndItsProgressIsToldInBytes() throws Exception {
        List<String> told = new ArrayList<>();
        engine.quantize(order(), (done, total) -> told.add(done + "/" + total));
        assertThat(told).containsExactly("0/16", "4/16", "16/16");
        assertThat(ScriptedFate.orders(source)).containsExactly("Q4_K_M true 3");
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void whatLlamaCppRefusesIsToldInItsWords() throws Exception {
        ScriptedFate.plan(source, "refuse");
        assertFails(this::quantize, Fault.INVALID_REQUEST, "no importance matrix");
    }

    @Test
    void aQuantizerThatDiesIsToldWithItsEnd() throws Exception {
        ScriptedFate.plan(source, "load");
        assertFails(this::quantize, Fault.RUNNER_DIED, "signal 6 (SIGABRT");
        quantize();
        assertThat(target).as("the next one gets its turn").exists();
    }

    @Test
    void oneThatComesNoFurtherIsEnded() throws Exception {
        engine.modified(ScriptedEngine.quantizing(Duration.ofMillis(800)));
        ScriptedFate.plan(source, "hang");
        assertFails(this::quantize, Fault.RUNNER_DIED, "it came no further within 0.8 s");
    }

    @Test
    void anInterruptEndsItsProcess() throws Exception {
        ScriptedFate.plan(source, "hang");
        var begun = new CountDownLatch(1);
        var failure = new CompletableFuture<Throwable>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                engine.quantize(order(), (_, _) -> begun.countDown());
            } catch (PaddockException e) {
                failure.complete(e);
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(failure.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void nativeCodeNeverSeesAFileThatIsNotSound() throws Exception {
        Files.writeString(source, "GGUF but no more");
        assertFails(this::quantize, Fault.INVALID_REQUEST, "no sound GGUF");
        assertThat(source.resolveSibling("source.gguf.orders")).doesNotExist();
    }

    @Test
    void withoutABackendTheCoreAloneQuantizes() throws Exception {
        engine.deactivate();
        engine = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, ScriptedEngine::scripted);
        quantize();
        assertThat(target).exists();
    }

    private static void assertFails(Runnable call, Fault fault, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
