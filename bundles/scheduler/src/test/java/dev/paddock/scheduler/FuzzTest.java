package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random events in any order that can be: nobody is forgotten, nothing is promised twice. */
class FuzzTest {
    private final Stage stage = new Stage(TestRules.of(2, 20, 2));
    private final Set<Long> waiting = new HashSet<>();
    private final Map<Long, Long> held = new HashMap<>();
    private final List<Effect.Load> loads = new ArrayList<>();
    private final List<Effect.Close> closes = new ArrayList<>();
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everybodyIsAnsweredOnceAndAllMemoryComesBack(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            step();
            check();
        }
        for (int i = 0; i < 10_000 && !(waiting.isEmpty() && held.isEmpty() && loads.isEmpty()); i++) finish();
        assertThat(waiting).as("seed %d", seed).isEmpty();
        take(stage.handle(new Event.Stop()));
        while (!closes.isEmpty() || !loads.isEmpty()) finish();
        assertThat(stage.core.done()).isTrue();
        assertThat(stage.core.state().ledger.isEmpty()).isTrue();
    }

    private void step() {
        stage.now += random.nextInt(2_000_000_000);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> ask();
            case 4 -> {
                if (!waiting.isEmpty()) {
                    long one = waiting.iterator().next();
                    waiting.remove(one);
                    take(stage.handle(new Event.GaveUp(one)));
                }
            }
            case 5 -> take(stage.handle(new Event.Tick()));
            default -> finish();
        }
    }

    private void ask() {
        waiting.add(stage.lastTicket() + 1);
        take(stage.ask("m" + random.nextInt(4), "who" + random.nextInt(3)));
    }

    private void finish() {
        stage.now += 100_000_000;
        if (!loads.isEmpty() && random.nextBoolean()) endLoad(loads.remove(random.nextInt(loads.size())));
        else if (!closes.isEmpty())
            take(stage.handle(new Event.Closed(closes.removeFirst().runner())));
        else if (!held.isEmpty()) {
            long ticket = held.keySet().iterator().next();
            take(stage.release(held.remove(ticket), ticket));
        } else {
            stage.now += Stage.SECOND;
            take(stage.handle(new Event.Tick()));
        }
    }

    private void endLoad(Effect.Load load) {
        if (random.nextInt(5) == 0) {
            var cause = new PaddockException(Fault.LOAD_FAILED, "no");
            take(stage.handle(new Event.LoadFailed(load.runner(), cause)));
        } else {
            take(stage.loaded(load));
        }
    }

    private void take(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Load load -> loads.add(load);
                case Effect.Close close -> closes.add(close);
                case Effect.Grant grant -> {
                    assertThat(waiting.remove(grant.ticket()))
                            .as("granted once")
                            .isTrue();
                    held.put(grant.ticket(), grant.runner());
                }
                case Effect.Refuse refuse ->
                    assertThat(waiting.remove(refuse.ticket()))
                            .as("refused once")
                            .isTrue();
                default -> {}
            }
        }
    }

    private void check() {
        for (Slot slot : stage.core.state().slots.values()) {
            if (slot.loaded().map(LoadedModel::facts).isPresent())
                assertThat(slot.leases()).isBetween(0, slot.places());
        }
        assertThat(stage.core.state().slots).hasSizeLessThanOrEqualTo(2);
        assertThat(stage.core.memory()).allMatch(row -> row.reserved() >= 0 && row.available() >= 0);
    }
}
