package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessEngineTest {
    private static final Message.Tuning SPECULATING = new Message.Tuning(0, 0, true);

    @TempDir
    Path home;

    private ProcessEngine engine;
    private LoadOrder.Draft lastDraft;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void stoppingLeavesNoProcessAndNoDirectory() throws Exception {
        var model = load("echo");
        var process = ProcessHandle.of(model.facts().pid()).orElseThrow();
        assertThat(runtimeDirectoryExists()).isTrue();
        engine.deactivate();
        assertThat(process.isAlive()).isFalse();
        assertThat(model.ended().toCompletableFuture()).isCompleted();
        assertThat(runtimeDirectoryExists()).isFalse();
    }

    @Test
    void aRunnerThatDoesNotEndIsKilled() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(home, settings(Duration.ofSeconds(30), Duration.ofMillis(100)));
        var model = load("stubborn");
        var process = ProcessHandle.of(model.facts().pid()).orElseThrow();
        model.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aSilentRunnerCountsAsHungAndIsReplaced() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(home, settings(Duration.ofMillis(300), Duration.ofSeconds(3)));
        var model = load("silent");
        long first = model.facts().pid();
        ProcessHandle.of(first).orElseThrow().onExit().get(20, TimeUnit.SECONDS);
        assertThat(model.tokenize("x", false, false)).hasSize(1);
        assertThat(model.facts().pid()).isNotEqualTo(first);
    }

    @Test
    void aRefusedLoadCarriesTheRunnersWordsAndLeavesNothing() {
        assertThatFault(() -> load("refuse"), Fault.LOAD_FAILED)
                .hasMessageContaining("no such architecture")
                .hasMessageContaining("unknown architecture");
    }

    @Test
    void aRunnerThatEndsWhileLoadingCarriesItsExitCodeAndLastWords() {
        assertThatFault(() -> load("exit"), Fault.LOAD_FAILED)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("the very last words");
    }

    @Test
    void nonsenseWhileLoadingIsALoadThatFailed() {
        assertThatFault(() -> load("nonsense"), Fault.LOAD_FAILED).hasMessageContaining("unexpected message");
    }

    @Test
    void anInterruptedLoadIsCancelledAndStopsItsRunner() throws Exception {
        var failure = new CompletableFuture<PaddockException>();
        var children = ProcessHandle.current().children().toList();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                load("mute");
            } catch (PaddockException e) {
                failure.complete(e);
            }
        });
        while (ProcessHandle.current().children().allMatch(children::contains)) Thread.onSpinWait();
        caller.interrupt();
        assertThat(failure.get(20, TimeUnit.SECONDS).fault()).isEqualTo(Fault.CANCELLED);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .allMatch(children::contains);
    }

    @Test
    void anArchiveThatDoesNotFitIsNoHindrance() throws Exception {
        load("echo").close();
        Path directory;
        try (var entries = Files.list(home.resolve("engine"))) {
            directory = entries.findFirst().orElseThrow();
        }
        Files.writeString(ArchiveTraining.archive(new RunnerFiles(directory, List.of(), Map.of())), "no archive");
        assertThat(load("echo").tokenize("x", false, false)).hasSize(1);
    }

    @Test
    void aRunnerGetsLittleOfTheServersEnvironment() {
        var command = new RunnerCommand(Path.of("java"), "x.jar", "Main", "64m", Optional.empty());
        try (var directory = RuntimeDirectory.create()) {
            var process = command.process(directory);
            assertThat(process.environment()).doesNotContainKeys("JAVA_HOME", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS");
            assertThat(process.environment()).containsKey("GLIBC_TUNABLES");
            assertThat(process.command())
                    .contains("-Xmx64m")
                    .endsWith("Main", directory.socket().toString());
            assertThat(directory.socket().toString().length()).isLessThan(108);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutABackendItSaysWhatToInstall() throws Exception {
        var bare = new ProcessEngine(ScriptedEngine.places(home), ScriptedEngine.SETTINGS, command -> command);
        var order = ScriptedEngine.order(home, "echo");
        assertThatFault(() -> bare.load(order), Fault.UNAVAILABLE).hasMessageContaining("dev.paddock.backend-cpu");
        bare.deactivate();
        assertThatFault(() -> bare.load(order), Fault.UNAVAILABLE).hasMessageContaining("stopping");
    }

    @Test
    void aFileThatIsNoSoundGgufNeverReachesARunner() throws Exception {
        Path junk = Files.writeString(home.resolve("junk.gguf"), "GGUFjunk");
        assertThatFault(() -> engine.load(ScriptedEngine.order(junk)), Fault.MODEL_DAMAGED);
        assertThatFault(() -> engine.load(ScriptedEngine.order(home.resolve("gone"))), Fault.MODEL_DAMAGED)
                .hasMessageContaining("not there");
        assertThat(home.resolve("engine")).doesNotExist();
    }

    @Test
    void aSlowReaderGetsLargePiecesAndHoldsNobodyUp() {
        var model = load("echo");
        try (var slow = model.generate(forever(model));
                var quick = model.generate(order(model, "quick", 100))) {
            int pieces = 0;
            while (quick.hasNext()) {
                quick.next();
                pieces++;
            }
            assertThat(pieces).isPositive();
            assertThat(slow.next()).isNotNull();
        }
    }

    @Test
    void runnersAreToldOfTheirCachesAtLoadAndWhenThatChanges() throws Exception {
        var order = ScriptedEngine.order(home, "echo");
        ScriptedFate.plan(order.weights(), "tell");
        var model = engine.load(order);
        assertThat(home.resolve("prefixes")).doesNotExist();
        var tuning = new Message.Tuning(1 << 20, 2 << 20, true);
        engine.modified(ScriptedEngine.settings(tuning));
        model.tokenize("after it", false, false);
        assertThat(ScriptedFate.orders(order.weights()))
                .containsExactly(
                        " " + home.resolve("prefixes") + " " + Message.Tuning.PLAIN + " without draft",
                        tuning.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("prefixes"))))
                .isEqualTo("rwx------");
        ScriptedFate.plan(order.weights(), "tell");
        engine.load(order).close();
        assertThat(ScriptedFate.orders(order.weights()).getLast()).endsWith(tuning + " without draft");
    }

    @Test
    void aDraftThatIsNoModelIsLeftOutWithTheReason() throws Exception {
        var draft = Files.writeString(home.resolve("draft.gguf"), "no GGUF");
        assertThat(told(drafted(SPECULATING, draft))).endsWith(" without draft");
        assertThat(lastDraft.refusal()).contains("its file cannot be used");
        assertThat(told(drafted(SPECULATING, home.resolve("gone.gguf")))).endsWith(" without draft");
        assertThat(lastDraft.refusal()).contains("it is not there");
    }

    @Test
    void aDraftIsLoadedUnlessSpeculationIsOff() throws Exception {
        Path draft = ScriptedEngine.order(home, "small").weights();
        assertThat(told(drafted(SPECULATING, draft))).endsWith(" with draft " + draft);
        assertThat(lastDraft.refusal()).isEmpty();
        assertThat(lastDraft.model()).isEqualTo("small:latest");
        assertThat(told(drafted(Message.Tuning.PLAIN, draft))).endsWith(" without draft");
        assertThat(lastDraft.refusal()).contains("speculative is off");
    }

    @Test
    void aDraftThatTheRunnerRefusesCostsOnlyTheDraft() throws Exception {
        Path draft = ScriptedEngine.order(home, "other-tokens").weights();
        told(drafted(SPECULATING, draft));
        assertThat(lastDraft.refusal()).isEqualTo("it has other tokens");
        assertThat(lastDraft.weights()).isEmpty();
    }

    @Test
    void aRunnerThatDiesOfItsDraftIsStartedWithoutIt() throws Exception {
        var order = drafted(SPECULATING, ScriptedEngine.order(home, "small").weights());
        ScriptedFate.plan(order.weights(), "load", "tell");
        try (var model = engine.load(order)) {
            assertThat(model.facts().draft().refusal()).contains("could not load");
            assertThat(ScriptedFate.orders(order.weights()).getLast()).endsWith(" without draft");
        }
    }

    /** What the runner was told to load, of an order that is loaded and closed again. */
    private String told(LoadOrder order) throws IOException {
        ScriptedFate.plan(order.weights(), "tell");
        try (var model = engine.load(order)) {
            lastDraft = model.facts().draft();
        }
        return ScriptedFate.orders(order.weights()).getLast();
    }

    private LoadOrder drafted(Message.Tuning tuning, Path draft) throws IOException {
        engine.modified(ScriptedEngine.settings(tuning));
        return ScriptedEngine.order(home, "echo")
                .with(LoadOrder.Draft.of("small:latest").found(draft));
    }

    private LoadedModel load(String behaviour) {
        try {
            return engine.load(ScriptedEngine.order(home, behaviour));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EngineSettings settings(Duration silence, Duration stop) {
        return ScriptedEngine.settings(silence, Duration.ofMinutes(2), stop);
    }

    private static GenerationOrder forever(LoadedModel model) {
        return order(model, "forever", -1);
    }

    private static GenerationOrder order(LoadedModel model, String prompt, int most) {
        return new GenerationOrder(model.tokenize(prompt, false, false), Sampling.GREEDY, Ending.after(most));
    }

    /** Whether a runner of this process has a directory. */
    private static boolean runtimeDirectoryExists() throws IOException {
        String mine = "paddock-" + ProcessHandle.current().pid() + "-";
        try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.anyMatch(entry -> entry.getFileName().toString().startsWith(mine));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFault(Runnable call, Fault fault) {
        return assertThatThrownBy(call::run).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
