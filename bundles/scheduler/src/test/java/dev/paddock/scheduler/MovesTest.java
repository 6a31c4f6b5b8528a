package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Move;
import dev.paddock.api.explain.Decision.Kind;
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
}
