package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where models go, and what is done when there is no memory. */
class PlacingTest {
    private static final BackendKey VULKAN = new BackendKey("vulkan", "1.0.0");
    private static final long GIGA = 1_000_000_000;

    private Stage stage = new Stage(TestRules.of(2, 512, 1));

    private Effect.Load load(List<Effect> effects) {
        assertThat(effects).singleElement().isInstanceOf(Effect.Load.class);
        return (Effect.Load) effects.getFirst();
    }

    private Effect.Grant ready(String name) {
        return (Effect.Grant) stage.loaded(load(stage.ask(name, "who"))).getFirst();
    }

    private static FakeMachine.Size size(double gigas, long tokenBytes) {
        return new FakeMachine.Size(4, (long) (gigas * GIGA), tokenBytes);
    }

    @Test
    void aModelGoesToTheCardAndSaysSo() {
        stage.engine.machine().gpu(VULKAN, "Vulkan0", 8 * GIGA).model("a:latest", size(4, 0));
        stage.backends();
        var load = load(stage.ask("a", "who"));
        assertThat(load.order().placement().compute()).isEqualTo(VULKAN);
        assertThat(load.order().placement().gpuLayers()).isEqualTo(4);
        stage.loaded(load);
        assertThat(stage.told(Kind.PLACED)).singleElement().asString().contains("4 of 4 layers on vulkan 1.0.0");
        var card = stage.core.memory().stream()
                .filter(row -> row.device().name().equals("Vulkan0"))
                .findFirst()
                .orElseThrow();
        assertThat(card.measured()).isEqualTo(4 * GIGA);
    }

    @Test
    void whoNamesLayersIsNotGivenARunnerWithoutThemWhereThereIsACard() {
        stage.engine.machine().gpu(VULKAN, "Vulkan0", 8 * GIGA).model("a:latest", size(4, 0));
        stage.backends();
        var onCpu = load(ask("a", 0));
        assertThat(onCpu.order().placement().offloads()).isFalse();
        var first = (Effect.Grant) stage.loaded(onCpu).getFirst();
        assertThat(ask("a", 99)).noneMatch(Effect.Grant.class::isInstance);
        var closed = stage.release(first.runner(), first.ticket());
        assertThat(closed).hasAtLeastOneElementOfType(Effect.Close.class);
        var onCard = load(stage.handle(new Event.Closed(first.runner())));
        assertThat(onCard.order().placement().gpuLayers()).isEqualTo(4);
    }

    @Test
    void withoutACardANumberOfLayersMakesNoDifference() {
        stage.loaded(load(ask("a", 0)));
        assertThat(ask("a", 99)).noneMatch(Effect.Load.class::isInstance).noneMatch(Effect.Close.class::isInstance);
    }

    private List<Effect> ask(String name, int layers) {
        var options = Options.of(Map.of("num_gpu", layers));
        return stage.ask(name, options, Optional.empty(), Asker.LOCAL, 100);
    }

    @Test
    void aHostThatIsHeldSmallByItsControlGroupGivesASmallerWindow() {
        // 64 KiB a token: 8192 tokens are half a gigabyte.
        stage.engine.machine().host(2 * GIGA).model("a:latest", size(1, 65536));
        assertThat(load(stage.ask("a", "who")).order().contextLength()).isEqualTo(4096);
        stage = new Stage(TestRules.of(2, 512, 1));
        stage.engine.machine().host(16 * GIGA).model("a:latest", size(1, 65536));
        assertThat(load(stage.ask("a", "who")).order().contextLength()).isEqualTo(8192);
    }

    @Test
    void whatSuchAHostCannotHoldIsRefusedWithTheNumbers() {
        stage.engine.machine().host(2 * GIGA).model("a:latest", size(3, 0));
        assertThat(stage.ask("a", "who")).singleElement().isInstanceOfSatisfying(Effect.Refuse.class, refuse -> {
            assertThat(refuse.cause().fault()).isEqualTo(Fault.OUT_OF_MEMORY);
            assertThat(refuse.cause()).hasMessageContaining("3.0 GB of the 1.9 GB available on host");
        });
    }

    @Test
    void whoNeedsAGpuIsToldWhyTheBackendIsNotUsed() {
        var required = new Offload(Offload.Mode.AUTO, 0, true);
        stage = new Stage(TestRules.with(TestRules.of(2, 512, 1), TestRules.placing(required, Rules.Rebalance.IDLE)));
        stage.engine
                .machine()
                .refused(VULKAN, new Refusal(Refusal.Reason.DRIVER_MISSING, "libvulkan.so.1 is missing", "install it"));
        stage.backends();
        assertThat(stage.ask("a", "who"))
                .singleElement()
                .isInstanceOfSatisfying(Effect.Refuse.class, refuse -> assertThat(refuse.cause())
                        .hasMessageContaining("vulkan 1.0.0")
                        .hasMessageContaining("libvulkan.so.1 is missing")
                        .hasMessageContaining("install it"));
    }

    @Test
    void whoNeedsAGpuWaitsWhileOneIsLookedFor() {
        var required = new Offload(Offload.Mode.AUTO, 0, true);
        stage = new Stage(TestRules.with(TestRules.of(2, 512, 1), TestRules.placing(required, Rules.Rebalance.IDLE)));
        stage.engine.machine().probing(VULKAN);
        stage.backends();
        assertThat(stage.ask("a", "who")).isEmpty();
        stage.engine.machine().gpu(VULKAN, "Vulkan0", GIGA);
        assertThat(load(stage.backends()).order().placement().compute()).isEqualTo(VULKAN);
    }

    @Test
    void aDryRunThatFailsOrTakesTooLongIsNoReasonToRefuse() {
        stage.engine.failNextFit(Fault.LOAD_FAILED, "the probe died");
        load(stage.ask("a", "who"));
        assertThat(stage.told(Kind.PLACED)).singleElement().asString().contains("without a plan", "the probe died");
        stage.holdPlans = true;
        assertThat(stage.ask("b", "who")).isEmpty();
        assertThat(stage.core.nextDeadline(stage.now)).isPresent();
        stage.now += 30 * Stage.SECOND;
        load(stage.handle(new Event.Tick()));
        assertThat(stage.told(Kind.PLACED).getLast()).contains("took longer than 30 s");
    }

    @Test
    void onlySoManyDryRunsGoOnAtOnce() {
        stage.holdPlans = true;
        for (int i = 0; i < 10; i++) stage.ask("m" + i, "who");
        assertThat(stage.plans).hasSize(4);
        stage.handle(stage.answer(stage.plans.getFirst()));
        assertThat(stage.plans).hasSize(5);
    }

    @Test
    void adaptersCountAlsoWhenItsRunnerWasMeasured() {
        stage.adapterBytes = 500;
        ready("a");
        assertThat(stage.core.memory().getFirst().measured()).isEqualTo(1_000_500);
    }

    @Test
    void whoWaitsForMemoryGetsWhatOthersGiveBack() {
        stage.engine.machine().host(4 * GIGA).model("big:latest", size(3, 0)).usedByOthers(Device.HOST, 2 * GIGA);
        ready("small");
        assertThat(stage.ask("big", "who")).isEmpty();
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 2 * Stage.SECOND);
        stage.now += 2 * Stage.SECOND;
        assertThat(stage.handle(new Event.Tick())).as("they gave nothing back").isEmpty();
        stage.engine.machine().usedByOthers(Device.HOST, 0);
        stage.now += 2 * Stage.SECOND;
        assertThat(load(stage.handle(new Event.Tick())).order().model()).isEqualTo("big:latest");
    }

    @Test
    void whenMemoryRunsOutAtALoadIdleModelsGoAndItIsTriedOnceMore() {
        var a = ready("a");
        stage.release(a.runner(), a.ticket());
        var b = load(stage.ask("b", "who"));
        var cause = new PaddockException(Fault.OUT_OF_MEMORY, "there was less than was said");
        var close = (Effect.Close)
                stage.handle(new Event.LoadFailed(b.runner(), cause)).getFirst();
        assertThat(close.reason()).contains("memory ran out while b:latest was loaded", "tried once more");
        var again = load(stage.closed(close));
        assertThat(again.order().model()).isEqualTo("b:latest");
        assertThat(stage.handle(new Event.LoadFailed(again.runner(), cause)))
                .singleElement()
                .isInstanceOf(Effect.Refuse.class);
        assertThat(load(stage.ask("b", "who")).runner()).isNotEqualTo(again.runner());
    }

    @Test
    void whereNobodyIsIdleMemoryThatRanOutIsTold() {
        ready("a");
        var b = load(stage.ask("b", "who"));
        var cause = new PaddockException(Fault.OUT_OF_MEMORY, "too large");
        assertThat(stage.handle(new Event.LoadFailed(b.runner(), cause)))
                .singleElement()
                .isInstanceOfSatisfying(Effect.Refuse.class, refuse -> assertThat(refuse.cause())
                        .hasMessageContaining("too large; host: "));
    }
}
