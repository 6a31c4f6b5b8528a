package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Move;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.testkit.FakeMachine;
import dev.paddock.testkit.FakeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random events in any order that can be, deaths, moves and other engines among them: nobody is forgotten, nothing is
 * promised twice, and all memory comes back.
 */
class FuzzTest {
    private static final BackendKey VULKAN = new BackendKey("vulkan", "1.0.0");
    private static final BackendKey NEWER = new BackendKey(BackendKey.CPU, "2.0.0");
    private static final long GIGA = 1_000_000_000;
    private static final Rules RULES = TestRules.of(2, 20, 2);

    private final Stage stage = new Stage(RULES);
    private final Set<Long> waiting = new HashSet<>();
    private final Map<Long, Long> held = new HashMap<>();
    private final List<Effect.Load> loads = new ArrayList<>();
    private final List<Effect.MoveIt> moves = new ArrayList<>();
    private final List<Effect.Close> closes = new ArrayList<>();
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everybodyIsAnsweredOnceAndAllMemoryComesBack(long seed) {
        random = new Random(seed);
        stage.engine.machine().host(6 * GIGA);
        for (int i = 0; i < 4; i++) {
            stage.engine.machine().model("m" + i + ":latest", new FakeMachine.Size(4, (i + 1) * GIGA, 10_000));
        }
        for (int i = 0; i < 3000; i++) {
            step();
            check();
        }
        settle(seed);
        assertThat(stage.told(Kind.MOVED)).as("it is about moves too").isNotEmpty();
        take(stage.handle(new Event.Stop()));
        while (!closes.isEmpty() || !loads.isEmpty() || !moves.isEmpty()) finish();
        assertThat(stage.core.done()).isTrue();
        assertThat(stage.core.state().ledger.isEmpty()).as("seed %d", seed).isTrue();
        assertThat(stage.engine.alive()).as("seed %d", seed).isZero();
    }

    private void settle(long seed) {
        stage.holdPlans = false;
        stage.engine.machine().usedByOthers(Device.HOST, 0);
        while (!stage.plans.isEmpty()) finish();
        for (int i = 0; i < 10_000 && !over(); i++) finish();
        assertThat(waiting).as("seed %d", seed).isEmpty();
        assertThat(over()).as("seed %d", seed).isTrue();
        assertThat(stage.core.state().queue.isEmpty()).isTrue();
    }

    private boolean over() {
        return waiting.isEmpty() && held.isEmpty() && loads.isEmpty() && moves.isEmpty() && closes.isEmpty();
    }

    private void step() {
        stage.now += random.nextInt(2_000_000_000);
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> ask();
            case 7, 8 -> {
                if (!waiting.isEmpty()) {
                    long one = waiting.iterator().next();
                    waiting.remove(one);
                    take(stage.handle(new Event.GaveUp(one)));
                }
            }
            case 9 -> take(stage.handle(new Event.Tick()));
            case 10, 11, 12 -> disturb();
            default -> finish();
        }
    }

    /** What comes from outside, and without being asked. */
    private void disturb() {
        switch (random.nextInt(10)) {
            case 0 -> die();
            case 1 -> take(stage.handle(new Event.EngineChanged()));
            case 2 -> {
                var policy =
                        random.nextBoolean() ? Optional.of(new RandomPolicy(random)) : Optional.<RandomPolicy>empty();
                take(stage.handle(new Event.PolicyChanged(policy.map(one -> one))));
            }
            case 3 -> rules();
            case 4 -> stage.holdPlans = !stage.holdPlans;
            case 5 -> stage.engine.machine().usedByOthers(Device.HOST, random.nextInt(6) * GIGA);
            case 6 -> {
                var model = FakeStore.model("m" + random.nextInt(4));
                take(stage.handle(new Event.Unload(model.weightsDigest())));
            }
            default -> backends();
        }
    }

    private void die() {
        var alive = stage.core.state().slots.values().stream()
                .filter(slot -> slot.loaded().isPresent() && !slot.closing())
                .toList();
        if (alive.isEmpty()) return;
        long runner = alive.get(random.nextInt(alive.size())).runner;
        take(stage.handle(new Event.Ended(runner, "signal 9")));
    }

    private void rules() {
        var rebalances = Rules.Rebalance.values();
        var rebalance = rebalances[random.nextInt(rebalances.length)];
        take(stage.handle(new Event.RulesChanged(TestRules.with(RULES, TestRules.placing(TestRules.AUTO, rebalance)))));
    }

    private void backends() {
        var machine = stage.engine.machine();
        switch (random.nextInt(4)) {
            case 0 -> machine.gpu(VULKAN, "Vulkan0", (1 + random.nextInt(4)) * GIGA);
            case 1 -> machine.uninstall(VULKAN);
            case 2 -> machine.cpu(NEWER.version());
            default -> machine.uninstall(NEWER);
        }
        take(stage.backends());
    }

    private void ask() {
        waiting.add(stage.lastTicket() + 1);
        take(stage.ask("m" + random.nextInt(4), "who" + random.nextInt(3)));
    }

    private void finish() {
        stage.now += 100_000_000;
        if (!loads.isEmpty() && random.nextBoolean()) endLoad(loads.remove(random.nextInt(loads.size())));
        else if (!moves.isEmpty() && random.nextBoolean()) endMove(moves.remove(random.nextInt(moves.size())));
        else if (!stage.plans.isEmpty() && random.nextBoolean())
            take(stage.handle(stage.answer(stage.plans.remove(random.nextInt(stage.plans.size())))));
        else if (!closes.isEmpty()) take(stage.closed(closes.removeFirst()));
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
            var fault = random.nextBoolean() ? Fault.LOAD_FAILED : Fault.OUT_OF_MEMORY;
            take(stage.handle(new Event.LoadFailed(load.runner(), new PaddockException(fault, "no"))));
        } else {
            take(stage.loaded(load));
        }
    }

    private void endMove(Effect.MoveIt move) {
        switch (random.nextInt(4)) {
            case 0 -> take(stage.handle(new Event.Moved(move.runner(), new Move(false, "other", 0, Duration.ZERO))));
            case 1 -> {
                stage.engine.failNextMove(Fault.LOAD_FAILED, "no");
                take(stage.moved(move));
            }
            default -> take(stage.moved(move));
        }
    }

    private void take(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Load load -> loads.add(load);
                case Effect.MoveIt move -> moves.add(move);
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
        var state = stage.core.state();
        for (Slot slot : state.slots.values()) {
            if (slot.loaded().isPresent()) assertThat(slot.leases()).isBetween(0, slot.places());
            assertThat(slot.leases() > 0 && slot.idle()).isFalse();
        }
        assertThat(state.slots).hasSizeLessThanOrEqualTo(2);
        assertThat(state.queue.size()).isEqualTo(waiting.size()).isLessThanOrEqualTo(20);
        assertThat(state.queue.weights().stream().mapToInt(state.queue::count).sum())
                .isEqualTo(waiting.size());
        for (var row : stage.core.memory()) {
            assertThat(row.reserved()).isNotNegative();
            assertThat(row.available()).isNotNegative();
        }
    }
}
