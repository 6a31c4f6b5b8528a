package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.testkit.FakeStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidencyTest {
    private static final Rules ONE = TestRules.of(1, 512, 1);

    private Effect.Load idle(Stage stage, String name) {
        var load = (Effect.Load) stage.ask(name, "who").getFirst();
        var grant = (Effect.Grant) stage.loaded(load).getFirst();
        stage.release(grant.runner(), grant.ticket());
        return load;
    }

    @Test
    void aPinnedModelNeitherExpiresNorMakesRoomAndSaysSo() {
        var stage = new Stage(TestRules.pinned(ONE, "a"));
        idle(stage, "a");
        stage.now += 1000 * Stage.SECOND;
        assertThat(stage.handle(new Event.Tick())).isEmpty();
        assertThat(stage.ask("b", "who")).isEmpty();
        assertThat(stage.core.held().getFirst().pinned()).isTrue();
        assertThat(stage.core.held().getFirst().stay()).as("for ever").isEmpty();
    }

    @Test
    void aPreloadedModelComesUnaskedAndGoesForOnesThatAreAskedForAndComesBack() {
        var stage = new Stage(TestRules.preloaded(ONE, "a"));
        var load = (Effect.Load)
                stage.handle(new Event.Preload(List.of(FakeStore.model("a")))).getFirst();
        assertThat(stage.loaded(load)).isEmpty();
        stage.now += 1000 * Stage.SECOND;
        assertThat(stage.handle(new Event.Tick())).as("it does not expire").isEmpty();
        assertThat(stage.ask("b", "who")).singleElement().isInstanceOf(Effect.Close.class);
        var other = (Effect.Load) stage.handle(new Event.Closed(load.runner())).getFirst();
        var grant = (Effect.Grant) stage.loaded(other).getFirst();
        stage.release(grant.runner(), grant.ticket());
        stage.now += 1000 * Stage.SECOND;
        assertThat(stage.handle(new Event.Tick())).singleElement().isInstanceOf(Effect.Close.class);
        assertThat(stage.handle(new Event.Closed(other.runner())))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Load.class,
                        again -> assertThat(again.order().model()).isEqualTo("a:latest"));
    }

    @Test
    void aModelThatNeedsAGpuIsRefusedWithTheReason() {
        var required = new Offload(Offload.Mode.AUTO, 0, true);
        var stage = new Stage(TestRules.with(ONE, TestRules.placing(required, Rules.Rebalance.IDLE)));
        assertThat(stage.ask("a", "who")).singleElement().isInstanceOfSatisfying(Effect.Refuse.class, refuse -> {
            assertThat(refuse.cause().fault()).isEqualTo(Fault.UNAVAILABLE);
            assertThat(refuse.cause()).hasMessageContaining("no backend for GPUs is installed");
        });
    }
}
