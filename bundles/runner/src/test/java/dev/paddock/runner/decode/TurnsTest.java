package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Adapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final List<Adapter> PLAIN = List.of();
    private static final List<Adapter> ONE = List.of(new Adapter(Path.of("one"), 1));
    private static final List<Adapter> HALF = List.of(new Adapter(Path.of("one"), 0.5f));

    private final Turns turns = new Turns();

    @Test
    void aSetKeepsItsTurnForSomeStepsAndThenTheOtherComes() {
        List<List<Adapter>> wanted = List.of(PLAIN, ONE, PLAIN);
        List<List<Adapter>> order = new ArrayList<>();
        for (int step = 0; step < 3 * Turns.STEPS; step++) order.add(turns.next(wanted));
        assertThat(order.subList(0, Turns.STEPS)).containsOnly(PLAIN);
        assertThat(order.subList(Turns.STEPS, 2 * Turns.STEPS)).containsOnly(ONE);
        assertThat(order.subList(2 * Turns.STEPS, 3 * Turns.STEPS)).containsOnly(PLAIN);
    }

    @Test
    void aSetThatNobodyWantsAnyMoreLosesItsTurn() {
        assertThat(turns.next(List.of(ONE))).isEqualTo(ONE);
        assertThat(turns.next(List.of(HALF, PLAIN))).isIn(HALF, PLAIN);
    }

    @Test
    void noSetStarvesHoweverOthersComeAndGo() {
        var random = new Random(5);
        List<List<Adapter>> sets = new ArrayList<>();
        for (int i = 0; i < 6; i++) sets.add(List.of(new Adapter(Path.of("set" + i), 1)));
        Map<List<Adapter>, Integer> waited = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            List<List<Adapter>> wanted = new ArrayList<>(sets.subList(0, 3));
            for (List<Adapter> set : sets.subList(3, 6)) {
                if (random.nextInt(10) > 0) wanted.add(set);
            }
            List<Adapter> chosen = turns.next(wanted);
            assertThat(wanted).contains(chosen);
            for (List<Adapter> set : sets.subList(0, 3)) {
                waited.merge(set, 1, Integer::sum);
                if (set.equals(chosen)) waited.put(set, 0);
                assertThat(waited.get(set)).isLessThanOrEqualTo(sets.size() * Turns.STEPS);
            }
        }
    }
}
