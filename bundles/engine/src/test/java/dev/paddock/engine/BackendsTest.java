package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal.Reason;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.engine.backend.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backends that come, go and misbehave, seen by runners that follow a script. */
@Timeout(60)
class BackendsTest {
    private static final BackendKey CARD = new BackendKey("card", "1.0.0");
    private static final Placement ON_CARD =
            new Placement(BackendKey.newest("card"), List.of(), -1, BackendKey.newest(BackendKey.CPU));

    @TempDir
    Path home;

    private ProcessEngine engine;
    private final Semaphore changes = new Semaphore(0);

    @BeforeEach
    void start() throws IOException {
        start(ScriptedEngine.SETTINGS);
    }

    private void start(EngineSettings settings) throws IOException {
        if (engine != null) engine.deactivate();
        engine = ScriptedEngine.in(home, settings);
        engine.onBackendsChanged(changes::release);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void aDeviceIsFoundInTheBackground() throws Exception {
        assertThat(engine.devices()).singleElement().satisfies(host -> {
            assertThat(host.name()).isEqualTo(Device.HOST);
            assertThat(host.totalBytes()).isPositive();
        });
        install(CARD, "device");
        assertThat(report().devices()).singleElement().satisfies(device -> {
            assertThat(device.backend()).isEqualTo(CARD);
            assertThat(device.name()).isEqualTo("card0");
        });
        assertThat(report().usable()).isTrue();
        assertThat(engine.devices()).extracting(Device::name).containsExactly(Device.HOST, "card0");
    }

    @Test
    void whatTheLoaderSaysIsTheRefusal() throws Exception {
        install(CARD, "libvulkan.so.1: cannot open shared object file");
        assertThat(report().refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.DRIVER_MISSING);
            assertThat(refusal.detail()).contains("libvulkan.so.1: cannot open");
        });
        assertThatThrownBy(() -> engine.load(ScriptedEngine.order(home, "echo").on(ON_CARD)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageContaining("DRIVER_MISSING");
    }

    @Test
    void aBackendThatFindsNothingHasNoDevice() throws Exception {
        install(CARD, "none");
        assertThat(reason()).contains(Reason.NO_DEVICE);
    }

    @Test
    void aProbeThatDiesIsToldAndDisturbsNoModel() throws Exception {
        try (var model = engine.load(ScriptedEngine.order(home, "echo"))) {
            install(CARD, "die");
            assertThat(reason()).contains(Reason.PROBE_CRASHED);
            assertThat(model.tokenize("abc", false, false)).hasSize(3);
        }
    }

    @Test
    void aProbeThatHangsIsEnded() throws Exception {
        start(ScriptedEngine.settings(rules(Duration.ofMillis(900), Duration.ZERO, Choices.NONE)));
        install(CARD, "hang");
        assertThat(reason()).contains(Reason.PROBE_TIMED_OUT);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aDriverThatComesLaterIsFound() throws Exception {
        start(ScriptedEngine.settings(rules(Duration.ofSeconds(20), Duration.ofMillis(100), Choices.NONE)));
        var backend = install(CARD, "libcuda.so.1: cannot open shared object file");
        assertThat(reason()).contains(Reason.DRIVER_MISSING);
        // The engine made its copy; the next assembly is of the same name, so what lies there is what is loaded.
        try (var copies = Files.walk(home.resolve("engine"))) {
            for (Path copy :
                    copies.filter(file -> file.endsWith("libggml-card.so")).toList()) {
                Files.writeString(copy, "device");
            }
        }
        await(() -> report().usable());
        engine.removeBackend(backend);
        assertThat(engine.devices()).hasSize(1);
        assertThat(engine.backends()).extracting(BackendReport::key).doesNotContain(CARD);
    }

    @Test
    void withoutSpaceTheFilesAreUnavailable() throws Exception {
        var engineFiles = home.resolve("engine");
        Files.writeString(engineFiles, "no directory");
        install(CARD, "device");
        assertThat(report().refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.FILES_UNAVAILABLE);
            assertThat(refusal.detail()).contains("check space and rights");
        });
        assertThatThrownBy(() -> engine.load(ScriptedEngine.order(home, "echo")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE));
    }

    @Test
    void aModelIsPlacedOnWhatItsOrderNames() throws Exception {
        install(CARD, "device");
        install(new BackendKey("card", "2.0.0"), "device of the other");
        await(() -> engine.devices().stream()
                .anyMatch(device -> device.backend().version().equals("2.0.0")));
        var order = ScriptedEngine.order(home, "echo");
        try (var model = engine.load(order.on(ON_CARD.with(3)))) {
            assertThat(model.facts().placement())
                    .isEqualTo(new Placement(
                            new BackendKey("card", "2.0.0"), List.of(), 3, new BackendKey("cpu", "1.0.0")));
        }
        engine.modified(ScriptedEngine.settings(
                rules(Duration.ofSeconds(20), Duration.ZERO, Choices.of(List.of("card=1.0.0"), List.of()))));
        try (var model = engine.load(order.on(ON_CARD))) {
            assertThat(model.facts().placement().compute()).isEqualTo(CARD);
        }
    }

    @Test
    void aModelWhoseBackendIsGoneGoesOnOnTheCpu() throws Exception {
        var told = new Told();
        engine.setDecisions(told);
        var backend = install(CARD, "device");
        await(() -> report().usable());
        try (var model = engine.load(ScriptedEngine.order(home, "echo").on(ON_CARD))) {
            engine.removeBackend(backend);
            ProcessHandle.of(model.facts().pid()).orElseThrow().destroyForcibly();
            await(() -> !model.facts().placement().offloads());
            assertThat(model.tokenize("abc", false, false)).hasSize(3);
            assertThat(told.of(Decision.Kind.MOVED)).singleElement().satisfies(decision -> {
                assertThat(decision.text()).contains("goes on on cpu 1.0.0").contains("SIGKILL");
                assertThat(decision.model()).isEqualTo("scripted:latest");
            });
            assertThat(told.of(Decision.Kind.BACKEND))
                    .extracting(Decision::text)
                    .anyMatch(text -> text.contains("card 1.0.0 can be used: card0 (scripted card)"))
                    .anyMatch(text -> text.equals("the backend card 1.0.0 is gone"));
        }
    }

    private Backend install(BackendKey key, String text) throws IOException {
        var backend = ScriptedEngine.backend(home, key, text);
        engine.addBackend(backend);
        return backend;
    }

    private Optional<Reason> reason() throws InterruptedException {
        return report().refusal().map(refusal -> refusal.reason());
    }

    /** Of the card, when it was probed. */
    private BackendReport report() throws InterruptedException {
        await(() -> engine.backends().stream().anyMatch(report -> report.key().equals(CARD) && report.probed()));
        return engine.backends().stream()
                .filter(report -> report.key().equals(CARD))
                .findFirst()
                .orElseThrow();
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(Condition condition) throws InterruptedException {
        while (!condition.holds()) changes.tryAcquire(100, TimeUnit.MILLISECONDS);
    }

    private static EngineSettings.BackendRules rules(Duration probe, Duration again, Choices choices) {
        return new EngineSettings.BackendRules(probe, again, Duration.ofSeconds(20), choices, new Canary.Rules(0.5, 0));
    }
}
