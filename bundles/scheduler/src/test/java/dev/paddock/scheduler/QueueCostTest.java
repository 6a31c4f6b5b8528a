package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What one event costs while 512 wait: 0.1 ms is promised, and ten times that is allowed to a busy machine. */
class QueueCostTest {
    private static final int ROUNDS = 2000;

    @Test
    void anEventCostsLittleWhileManyWait() {
        var stage = new Stage(TestRules.of(1, 512, 1));
        var load = (Effect.Load) stage.ask("a", "who0").getFirst();
        var grant = (Effect.Grant) stage.loaded(load).getFirst();
        for (int i = 0; i < 511; i++) stage.ask("a", "who" + i % 40);
        var times = new long[2 * ROUNDS];
        for (int i = 0; i < times.length; i++) {
            stage.told.clear();
            long start = System.nanoTime();
            grant = (Effect.Grant) stage.release(grant.runner(), grant.ticket()).getFirst();
            stage.ask("a", "who" + i % 40);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times, ROUNDS, times.length);
        double micros = times[ROUNDS + ROUNDS / 2] / 1e3 / 2;
        assertThat(micros).as("microseconds an event").isLessThan(1000);
        System.out.printf("queue: %.1f microseconds an event%n", micros);
    }
}
