package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.scheduler.SchedulingPolicy.Choice;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Question;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model of 4 layers and 4000 bytes, each token of its window another byte. */
class FairPlacingTest {
    private static final BackendKey CPU = new BackendKey(BackendKey.CPU, "1.0.0");
    private static final BackendKey CARD = new BackendKey("vulkan", "1.0.0");
    private static final String GPU = "Vulkan0";
    private static final long PLENTY = 1_000_000;

    private final FakeEngine engine = new FakeEngine();
    private Offload offload = TestRules.AUTO;
    private long evictable;
    private int wanted;

    private Choice choose(long hostFree, long gpuFree, Integer... windows) {
        engine.machine().gpu(CARD, GPU, PLENTY).model("a:latest", new FakeMachine.Size(4, 4000, 1));
        int layers = offload.mode() == Offload.Mode.EXACTLY ? offload.layers() : -1;
        var order = new LoadOrder("a:latest", Path.of("a"), "", 0, 0, 1, 0);
        var places = List.of(new Placement(CARD, List.of(), layers, CPU), Placement.cpu(CPU));
        var fits = engine.fit(order, List.of(windows), places);
        var devices = List.of(
                device(CPU, Device.HOST, Device.Kind.CPU, hostFree), device(CARD, GPU, Device.Kind.GPU, gpuFree));
        var question = new Question("a", wanted, offload, fits, devices, List.of(0L, evictable));
        return new FairPlacing(question).choice();
    }

    private static Device device(BackendKey key, String name, Device.Kind kind, long free) {
        return new Device(key, name, "", kind, "", "", PLENTY, free);
    }

    private static Fit taken(Choice choice) {
        assertThat(choice).isInstanceOf(Choice.Take.class);
        return ((Choice.Take) choice).fit();
    }

    @Test
    void allLayersGoToAGpuThatHoldsThemWithTheLargestWindowThatFits() {
        var fit = taken(choose(PLENTY, 4000 + 8192, 16384, 8192, 4096));
        assertThat(fit.placement().gpuLayers()).isEqualTo(4);
        assertThat(fit.contextLength()).isEqualTo(8192);
    }

    @Test
    void whereNotAllFitsSomeGo() {
        var choice = choose(PLENTY, 4300, 4096);
        assertThat(taken(choice).placement().gpuLayers()).isEqualTo(2);
        assertThat(((Choice.Take) choice).why()).contains("2 of 4 layers", "better places had no room for it");
    }

    @Test
    void whereNoneFitsTheHostComputes() {
        var choice = choose(PLENTY, 100, 4096);
        assertThat(taken(choice).placement().offloads()).isFalse();
        assertThat(((Choice.Take) choice).why()).contains("better places had no room for it");
    }

    @Test
    void onTheHostAWindowTakesAQuarterOfWhatIsAvailable() {
        assertThat(taken(choose(4 * 16384, 100, 65536, 32768, 16384, 8192, 4096))
                        .contextLength())
                .isEqualTo(16384);
        assertThat(taken(choose(4 * 16384 - 1, 100, 65536, 32768, 16384, 8192, 4096))
                        .contextLength())
                .isEqualTo(8192);
        assertThat(taken(choose(4000 + 4096, 100, 65536, 4096)).contextLength())
                .as("4096 are due even where they take more")
                .isEqualTo(4096);
    }

    @Test
    void noBetterPlaceIsWorthLessThan4096() {
        var fit = taken(choose(PLENTY, 4000 + 4095, 8192, 4096, 2048));
        assertThat(fit.placement().gpuLayers()).isEqualTo(3);
        assertThat(fit.contextLength()).isGreaterThanOrEqualTo(4096);
    }

    @Test
    void lessThan4096IsTakenWhereNothingElseFits() {
        assertThat(taken(choose(4000 + 2048, 10, 8192, 4096, 2048)).contextLength())
                .isEqualTo(2048);
    }

    @Test
    void aNamedNumberOfLayersIsKept() {
        offload = new Offload(Offload.Mode.EXACTLY, 1, false);
        assertThat(taken(choose(PLENTY, PLENTY, 4096)).placement().gpuLayers()).isEqualTo(1);
        offload = new Offload(Offload.Mode.EXACTLY, 99, false);
        assertThat(taken(choose(PLENTY, PLENTY, 4096)).placement().gpuLayers()).isEqualTo(4);
    }

    @Test
    void withoutOffloadTheHostComputesWhateverCardsThereAre() {
        offload = new Offload(Offload.Mode.NONE, 0, false);
        assertThat(taken(choose(PLENTY, PLENTY, 4096)).placement().offloads()).isFalse();
    }

    @Test
    void allMeansAllOrNothing() {
        offload = new Offload(Offload.Mode.ALL, 0, false);
        assertThat(choose(PLENTY, 4300, 4096)).isInstanceOf(Choice.Wait.class);
        assertThat(taken(choose(PLENTY, PLENTY, 4096)).placement().gpuLayers()).isEqualTo(4);
    }

    @Test
    void whereAGpuIsRequiredTheHostAloneIsNoAnswer() {
        offload = new Offload(Offload.Mode.AUTO, 0, true);
        assertThat(taken(choose(PLENTY, 2100, 4096)).placement().gpuLayers()).isEqualTo(1);
        assertThat(choose(PLENTY, 100, 4096)).isInstanceOf(Choice.Wait.class);
    }

    @Test
    void idleModelsGoBeforeAWorsePlaceIsTaken() {
        evictable = 8000;
        var choice = choose(PLENTY, 1000, 4096);
        assertThat(choice).isInstanceOf(Choice.MakeRoom.class);
        assertThat(((Choice.MakeRoom) choice).fit().placement().gpuLayers()).isEqualTo(4);
    }

    @Test
    void aNamedWindowIsNotMadeSmaller() {
        wanted = 8192;
        assertThat(taken(choose(4000 + 8192, 10, 8192)).contextLength()).isEqualTo(8192);
        assertThat(choose(4000 + 8191, 10, 8192)).isInstanceOf(Choice.Wait.class);
    }

    @Test
    void whatNoDeviceHoldsEvenWhenItIsEmptyNeverFitsAndTheNumbersAreTold() {
        assertThat(choose(PLENTY, 10, 2_000_000))
                .isInstanceOfSatisfying(Choice.Never.class, never -> assertThat(never.why())
                        .contains("a window of 2000000 takes", "smaller num_ctx"));
    }
}
