package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.SchedulingPolicy;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairnessTest {
    private final Stage stage = new Stage(TestRules.of(2, 512, 1));

    private Effect.Grant begin() {
        var load = (Effect.Load) stage.ask("a", "busy").getFirst();
        return grants(stage.loaded(load)).getFirst();
    }

    private static List<Effect.Grant> grants(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Grant.class::isInstance)
                .map(Effect.Grant.class::cast)
                .toList();
    }

    private Effect.Grant next(Effect.Grant grant) {
        return grants(stage.release(grant.runner(), grant.ticket())).getFirst();
    }

    @Test
    void whoAsksOnceStartsAfterAtMostTwoOfOneWhoAskedFiftyTimes() {
        var grant = begin();
        for (int i = 0; i < 50; i++) stage.ask("a", "busy");
        stage.ask("a", "single");
        long single = stage.lastTicket();
        int before = 0;
        while ((grant = next(grant)).ticket() != single) before++;
        assertThat(before).isLessThanOrEqualTo(2);
        assertThat(stage.told(Kind.QUEUED).getLast()).contains("single waits", "behind busy");
    }

    @Test
    void whoWaitedTooLongComesBeforeWhateverIsMoreUrgent() {
        var grant = begin();
        stage.ask("a", "old");
        long old = stage.lastTicket();
        stage.now += 61 * Stage.SECOND;
        var urgent = new Asker("", new Identity("urgent"), 10);
        stage.ask("a", Options.NONE, Optional.empty(), urgent, 1);
        assertThat(next(grant).ticket()).isEqualTo(old);
    }

    @Test
    void whatIsMoreUrgentComesFirstUntilThen() {
        var grant = begin();
        stage.ask("a", "old");
        stage.ask("a", Options.NONE, Optional.empty(), new Asker("", new Identity("urgent"), 10), 1);
        assertThat(next(grant).ticket()).isEqualTo(stage.lastTicket());
    }

    @Test
    void oneIdentityMayNotFillTheQueueAndIsToldWhenToComeAgain() {
        stage.handle(new Event.RulesChanged(TestRules.limited(TestRules.of(2, 512, 1), 0, 2)));
        begin();
        stage.ask("a", "busy");
        stage.ask("a", "busy");
        var refused = (Effect.Refuse) stage.ask("a", "busy").getFirst();
        assertThat(refused.cause()).isInstanceOfSatisfying(BusyException.class, busy -> {
            assertThat(busy.position()).isEqualTo(3);
            assertThat(busy.retryAfter().toSeconds()).isBetween(1L, 60L);
        });
        assertThat(stage.ask("a", "other")).isEmpty();
        assertThat(stage.core.state().queue.size()).isEqualTo(3);
    }

    @Test
    void anIdentityHoldsNoMoreThanItMayAndOthersPass() {
        stage.handle(new Event.RulesChanged(TestRules.limited(TestRules.of(2, 512, 4), 1, 0)));
        begin();
        assertThat(stage.ask("a", "busy")).isEmpty();
        assertThat(grants(stage.ask("a", "other"))).hasSize(1);
    }

    @Test
    void aPolicyThatThrowsIsPassedOverAndSaidOnce() {
        stage.handle(new Event.PolicyChanged(Optional.of(new Broken())));
        var grant = begin();
        for (int i = 0; i < 3; i++) stage.ask("a", "busy");
        assertThat(next(grant).ticket()).isEqualTo(2);
        assertThat(stage.complaints).singleElement().satisfies(one -> assertThat(one.text())
                .contains("broken", "in its place"));
    }

    private static final class Broken implements SchedulingPolicy {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public List<Waiting> order(List<Waiting> waiting) {
            return new ArrayList<>();
        }

        @Override
        public Eviction evict(Waiting newcomer, List<Occupant> idle) {
            throw new IllegalStateException("no");
        }

        @Override
        public Choice place(Question question) {
            throw new IllegalStateException("no");
        }
    }
}
