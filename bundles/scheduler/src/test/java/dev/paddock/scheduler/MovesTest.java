package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Move;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.testkit.FakeMachine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovesTest {
    private final Stage stage = new Stage(TestRules.of(2, 512, 2));

    private List<Effect> backends(String... versions) {
        return stage.handle(new Event.BackendsChanged(Arrays.stream(versions)
                .map(version -> new BackendReport(
                        new BackendKey(BackendKey.CPU, version), true, stage.engine.devices(), Optional.empty()))
                .toList()));
    }

    private Effect.Grant busy() {
        var load = (Effect.Load) stage.ask("a", "who").getFirst();
        return (Effect.Grant) stage.loaded(load).getFirst();
    }

    private static Effect.MoveIt move(List<Effect> effects) {
        assertThat(effects).hasSize(1).hasOnlyElementsOfType(Effect.MoveIt.class);
        return (Effect.MoveIt) effects.getFirst();
    }

    @Test
    void aNewerVersionIsTakenAsSoonAsNobodyUsesTheModelAndMustProveItself() {
        backends("1.9.0");
        var grant = busy();
        assertThat(backends("1.9.0", "1.10.0")).isEmpty();
        var move = move(stage.release(grant.runner(), grant.ticket()));
        assertThat(move.terms().canary()).isTrue();
        assertThat(move.order().placement().compute().version()).isEqualTo("1.10.0");
        assertThat(stage.ask("a", "who")).singleElement().isInstanceOf(Effect.Grant.class);
        stage.handle(new Event.Moved(move.runner(), new Move(true, "alike", 1, Duration.ofMillis(9))));
        assertThat(stage.told(Kind.MOVED)).singleElement().asString().contains("cpu 1.10.0");
        assertThat(backends("1.10.0")).as("the old one may go now").isEmpty();
    }

    @Test
    void aBackendThatWentIsLeftAtOnce() {
        backends("2.0.0", "1.0.0");
        busy();
        var move = move(backends("1.0.0"));
        assertThat(move.order().placement().compute().version()).isEqualTo("1.0.0");
    }

    @Test
    void aMoveThatFailedIsNotTriedAgainUntilThatBackendChanged() {
        backends("1.0.0");
        var grant = busy();
        stage.release(grant.runner(), grant.ticket());
        var move = move(backends("1.0.0", "2.0.0"));
        stage.handle(new Event.Moved(move.runner(), new Move(false, "it answers otherwise", 0, Duration.ZERO)));
        assertThat(stage.told(Kind.KEPT)).singleElement().asString().contains("answers otherwise");
        assertThat(backends("1.0.0", "2.0.0", "0.5.0")).isEmpty();
        backends("1.0.0");
        move(backends("1.0.0", "2.0.0"));
    }

    @Test
    void withoutAnyBackendModelsStayWhereTheyAre() {
        backends("1.0.0");
        busy();
        assertThat(backends()).isEmpty();
        assertThat(stage.told(Kind.KEPT)).singleElement().asString().contains("no CPU backend is left");
        assertThat(stage.ask("a", "who")).singleElement().isInstanceOf(Effect.Grant.class);
    }

    private static final BackendKey VULKAN = new BackendKey("vulkan", "1.0.0");

    private Stage stage(Rules.Rebalance rebalance) {
        return new Stage(TestRules.with(TestRules.of(2, 512, 2), TestRules.placing(TestRules.AUTO, rebalance)));
    }

    private static Effect.Grant begin(Stage stage) {
        stage.backends();
        var load = (Effect.Load) stage.ask("a", "who").getFirst();
        return (Effect.Grant) stage.loaded(load).getFirst();
    }

    private static List<Effect> cardComes(Stage stage) {
        stage.engine.machine().gpu(VULKAN, "Vulkan0", 8L << 30);
        return stage.backends();
    }

    @Test
    void whenACardComesIdleModelsMoveToItAndBusyOnesWhenTheyAreIdle() {
        var stage = stage(Rules.Rebalance.IDLE);
        var grant = begin(stage);
        assertThat(cardComes(stage)).isEmpty();
        var move = move(stage.release(grant.runner(), grant.ticket()));
        assertThat(move.order().placement().compute()).isEqualTo(VULKAN);
        assertThat(move.terms()).isEqualTo(new Move.Terms(true, false));
        assertThat(stage.moved(move)).isEmpty();
        assertThat(stage.told(Kind.MOVED)).singleElement().asString().contains("moved to vulkan 1.0.0");
        assertThat(row(stage, "Vulkan0").measured()).isEqualTo(1_000_000);
        assertThat(row(stage, Device.HOST).measured()).isZero();
    }

    private static DeviceMemory row(Stage stage, String device) {
        return stage.core.memory().stream()
                .filter(row -> row.device().name().equals(device))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void byTheSettingTheyMoveInTheMiddleOfAnswersOrNotAtAll() {
        var immediate = stage(Rules.Rebalance.IMMEDIATE);
        begin(immediate);
        assertThat(move(cardComes(immediate)).terms().canary()).isTrue();
        var never = stage(Rules.Rebalance.NEVER);
        var grant = begin(never);
        assertThat(cardComes(never)).isEmpty();
        assertThat(never.release(grant.runner(), grant.ticket())).isEmpty();
        assertThat(never.told(Kind.KEPT)).singleElement().asString().contains("rebalance is never");
    }

    @Test
    void aCardThatGoesIsLeftAtOnceInTheMiddleOfAnswers() {
        var stage = stage(Rules.Rebalance.NEVER);
        stage.engine.machine().gpu(VULKAN, "Vulkan0", 8L << 30);
        begin(stage);
        assertThat(row(stage, "Vulkan0").measured()).isEqualTo(1_000_000);
        stage.engine.machine().uninstall(VULKAN);
        var move = move(stage.backends());
        assertThat(move.order().placement().offloads()).isFalse();
        assertThat(move.terms().canary()).as("there is nothing to go back to").isFalse();
        stage.moved(move);
        assertThat(row(stage, Device.HOST).measured()).isEqualTo(1_000_000);
    }

    @Test
    void aMoveThatBrokeLeavesTheModelAndItsMemoryAsTheyWere() {
        var stage = stage(Rules.Rebalance.IMMEDIATE);
        begin(stage);
        long before = row(stage, Device.HOST).reserved();
        var move = move(cardComes(stage));
        stage.engine.failNextMove(Fault.LOAD_FAILED, "the new runner did not come up");
        assertThat(stage.moved(move)).isEmpty();
        assertThat(stage.told(Kind.KEPT)).singleElement().asString().contains("the new runner did not come up");
        assertThat(row(stage, Device.HOST).reserved()).isEqualTo(before);
        assertThat(row(stage, "Vulkan0").reserved()).isZero();
    }

    @Test
    void theNewRunnersCacheGetsWhatIsLeftNowAndThatIsPromisedToIt() {
        var stage = stage(Rules.Rebalance.IMMEDIATE);
        begin(stage);
        assertThat(row(stage, Device.HOST).reserved()).isEqualTo((2L << 30) + 1_000_000);
        stage.engine.machine().usedByOthers(Device.HOST, 15L << 30);
        var move = move(cardComes(stage));
        assertThat(move.order().hostCacheLimit()).as("half of the old one's").isEqualTo(1L << 30);
        stage.moved(move);
        assertThat(row(stage, Device.HOST).reserved()).isEqualTo(1L << 30);
    }

    private Stage tight(Rules.Rebalance rebalance) {
        var stage = stage(rebalance);
        stage.engine.machine().host(3_000_000_000L).model("a:latest", new FakeMachine.Size(4, 2_000_000_000, 0));
        begin(stage);
        return stage;
    }

    @Test
    void withoutMemoryForBothAModelIsNotGivenUpForABetterPlaceUnlessTheSettingSaysSo() {
        var stage = tight(Rules.Rebalance.IDLE);
        stage.engine.machine().cpu("2.0.0");
        stage.backends();
        stage.release(stage.core.held().getFirst().runner(), 1);
        assertThat(stage.told(Kind.KEPT)).singleElement().asString().contains("no memory for both", "immediate");
        var immediate = tight(Rules.Rebalance.IMMEDIATE);
        immediate.engine.machine().cpu("2.0.0");
        assertThat(move(immediate.backends()).terms()).isEqualTo(new Move.Terms(false, true));
    }

    @Test
    void withoutMemoryForBothABackendThatWentIsLeftAllTheSame() {
        var stage = tight(Rules.Rebalance.NEVER);
        stage.engine.machine().cpu("0.9.0").uninstall(new BackendKey(BackendKey.CPU, "1.0.0"));
        assertThat(move(stage.backends()).terms()).isEqualTo(new Move.Terms(false, true));
    }

    @Test
    void aMoveWhoseDryRunTakesTooLongIsNotMade() {
        var stage = stage(Rules.Rebalance.IMMEDIATE);
        begin(stage);
        stage.holdPlans = true;
        assertThat(cardComes(stage)).isEmpty();
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 30 * Stage.SECOND);
        stage.now += 30 * Stage.SECOND;
        assertThat(stage.handle(new Event.Tick())).isEmpty();
        assertThat(stage.told(Kind.KEPT)).singleElement().asString().contains("took longer than 30 s");
        assertThat(stage.handle(stage.answer(stage.plans.getFirst())))
                .as("an answer that comes later counts no more")
                .isEmpty();
    }
}
