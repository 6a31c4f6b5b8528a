package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.scheduler.SchedulingPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two that ask for two models in turns, with room for one: a virtual clock, thousands of requests. */
class SwapTest {
    private static final int REQUESTS = 10_000;

    private record Due(long at, Runnable what) {}

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Random random = new Random(7);
    private Stage stage;
    private int asked;
    private int swaps;
    private long longest;
    private final Map<Long, Long> since = new HashMap<>();
    private final Map<Long, String> who = new HashMap<>();

    @Test
    void swapsAreAQuarterOfFirstComeFirstServedAndNobodyWaitsTooLong() {
        int fair = run(Optional.empty());
        assertThat(longest).isLessThan(60 * Stage.SECOND);
        int first = run(Optional.of(new FirstCome()));
        assertThat(fair * 4).as("fair %d, first come %d", fair, first).isLessThanOrEqualTo(first);
    }

    private int run(Optional<SchedulingPolicy> policy) {
        stage = new Stage(TestRules.of(1, 512, 1));
        stage.handle(new Event.PolicyChanged(policy));
        asked = 0;
        swaps = 0;
        longest = 0;
        agenda.clear();
        ask("a");
        ask("b");
        while (!agenda.isEmpty()) {
            var due = agenda.poll();
            stage.now = Math.max(stage.now, due.at());
            due.what().run();
        }
        assertThat(asked).isEqualTo(REQUESTS);
        assertThat(stage.core.state().queue.isEmpty()).isTrue();
        return swaps;
    }

    private void ask(String model) {
        if (asked == REQUESTS) return;
        asked++;
        since.put(stage.lastTicket() + 1, stage.now);
        who.put(stage.lastTicket() + 1, model);
        take(stage.ask(model, model));
    }

    private void after(double seconds, Runnable what) {
        agenda.add(new Due(stage.now + (long) (seconds * Stage.SECOND), what));
    }

    private void take(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Load load -> {
                    swaps++;
                    after(3, () -> take(stage.loaded(load)));
                }
                case Effect.Close close -> after(0.2, () -> take(stage.handle(new Event.Closed(close.runner()))));
                case Effect.Grant grant -> after(0.2 + random.nextDouble() * 0.6, () -> served(grant));
                default -> throw new AssertionError(effect);
            }
        }
        // One reminder for each state is enough; a late one does no harm.
        var next = stage.core.nextDeadline(stage.now);
        if (next.isPresent() && !stage.core.state().queue.isEmpty()) {
            agenda.add(new Due(next.getAsLong(), this::tick));
        }
    }

    private void tick() {
        var next = stage.core.nextDeadline(stage.now - 1);
        if (next.isPresent() && next.getAsLong() <= stage.now) take(stage.handle(new Event.Tick()));
    }

    private void served(Effect.Grant grant) {
        longest = Math.max(longest, stage.now - since.remove(grant.ticket()));
        take(stage.release(grant.runner(), grant.ticket()));
        String model = who.remove(grant.ticket());
        after(0.1 + random.nextDouble() * 0.4, () -> ask(model));
    }

    private static final class FirstCome implements SchedulingPolicy {
        @Override
        public String name() {
            return "first come";
        }

        @Override
        public List<Waiting> order(List<Waiting> waiting) {
            return waiting;
        }

        @Override
        public Eviction evict(Waiting newcomer, List<Occupant> idle) {
            return new Eviction.Now(idle.getFirst().runner(), "somebody else is next");
        }

        @Override
        public Choice place(Question question) {
            return new Choice.Take(question.fits().getFirst(), "it is the first");
        }
    }
}
