package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SchedulingCoreTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Rules RULES = TestRules.of("5m", 2, 3, TestRules.sizes(2, 0, 8192, 0), Duration.ofSeconds(10));

    private Stage stage = new Stage(RULES);
    private final Map<Long, Deque<Long>> leases = new HashMap<>();
    private long tickets;

    @Test
    void aFirstRequestLoadsItsModelAndGetsItWithTheTimeItWaited() {
        var load = load(ask("a"));
        assertThat(load.order().model()).isEqualTo("a:latest");
        stage.now += 3 * SECOND;
        var grants = grants(loaded(load));
        assertThat(grants).hasSize(1);
        assertThat(grants.getFirst().loadTime()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void requestsForOneModelShareOneLoadUpToItsParallelism() {
        var load = load(ask("a"));
        assertThat(ask("a")).isEmpty();
        assertThat(ask("a")).isEmpty();
        assertThat(grants(loaded(load))).extracting(Effect.Grant::ticket).containsExactly(1L, 2L);
        assertThat(grants(release(load))).extracting(Effect.Grant::ticket).containsExactly(3L);
    }

    @Test
    void aLoadedModelIsGrantedAtOnceWithoutLoadTime() {
        ready("a");
        assertThat(grants(ask("a")).getFirst().loadTime()).isZero();
    }

    @Test
    void anIdleModelIsClosedWhenItsTimeIsUp() {
        var load = ready("a");
        release(load);
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 300 * SECOND);
        stage.now += 300 * SECOND - 1;
        assertThat(tick()).isEmpty();
        stage.now++;
        assertThat(closes(tick())).containsExactly(load.runner());
        assertThat(stage.core.held()).isEmpty();
    }

    @Test
    void theClockOfAnIdleModelStartsWhenTheLastLeaseIsClosed() {
        var load = ready("a");
        stage.now += 900 * SECOND;
        assertThat(tick()).isEmpty();
        assertThat(stage.core.nextDeadline(stage.now)).isEmpty();
        release(load);
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 300 * SECOND);
    }

    @Test
    void keepAliveZeroClosesAtOnceAndForeverNever() {
        var load = load(ask("a", Options.NONE, KeepAlive.parse("0")));
        loaded(load);
        assertThat(closes(release(load))).containsExactly(load.runner());

        var other = load(ask("b", Options.NONE, KeepAlive.FOREVER));
        loaded(other);
        release(other);
        stage.now += 100_000 * SECOND;
        assertThat(tick()).isEmpty();
    }

    @Test
    void aRequestThatNamesNoTimeLeavesTheOneBeforeIt() {
        var load = load(ask("a", Options.NONE, KeepAlive.parse("1h")));
        loaded(load);
        release(load);
        ask("a");
        release(load);
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 3600 * SECOND);
    }

    @Test
    void aNewDefaultTimeCountsForModelsThatAreLoaded() {
        var load = ready("a");
        release(load);
        var shorter = TestRules.of("1s", 2, 3, TestRules.sizes(2, 0, 8192, 0), Duration.ofSeconds(10));
        stage.now += 2 * SECOND;
        assertThat(closes(handle(new Event.RulesChanged(shorter)))).containsExactly(load.runner());
    }

    @Test
    void otherLoadOptionsReloadTheModelOnceItIsIdleAndNobodyOvertakes() {
        var load = load(ask("a", context(1024)));
        loaded(load);
        assertThat(ask("a", context(2048))).isEmpty();
        assertThat(ask("a")).isEmpty();
        assertThat(closes(release(load))).containsExactly(load.runner());
        var again = load(closed(load));
        assertThat(again.order().contextLength()).isEqualTo(2048);
        assertThat(grants(loaded(again))).extracting(Effect.Grant::ticket).containsExactly(2L, 3L);
    }

    @Test
    void optionsThatAreNotSetOrAlreadyInEffectReloadNothing() {
        loaded(load(ask("a", context(1024))));
        assertThat(grants(ask("a"))).hasSize(1);
        ready("b");
        assertThat(grants(ask("b", context(8192)))).hasSize(1);
    }

    @Test
    void aContextBeyondTheTrainedOneIsCutToIt() {
        assertThat(load(ask("a", context(1_000_000))).order().contextLength()).isEqualTo(8192);
    }

    @Test
    void aConfiguredContextIsNotHeldDownByTheLimitForUnnamedOnes() {
        stage = new Stage(TestRules.of("5m", 2, 3, TestRules.sizes(2, 6000, 1024, 0), Duration.ofSeconds(10)));
        assertThat(load(ask("a")).order().contextLength()).isEqualTo(6000);
        stage = new Stage(TestRules.of("5m", 2, 3, TestRules.sizes(2, 0, 1024, 0), Duration.ofSeconds(10)));
        assertThat(load(ask("a")).order().contextLength()).isEqualTo(1024);
    }

    @Test
    void onAMachineWithoutGpuTheNumberOfLayersReloadsNothing() {
        ready("a");
        assertThat(grants(ask("a", Options.of(Map.of("num_gpu", 0))))).hasSize(1);
    }

    @Test
    void theLeastRecentlyUsedIdleModelMakesRoom() {
        var a = ready("a");
        stage.now++;
        var b = ready("b");
        release(b);
        stage.now++;
        release(a);
        assertThat(closes(ask("c"))).containsExactly(b.runner());
        assertThat(load(closed(b)).order().model()).isEqualTo("c:latest");
    }

    @Test
    void aBusyModelIsNeverEvictedAndItsUsersGoOnUntilPatienceEnds() {
        var a = ready("a");
        var b = ready("b");
        assertThat(ask("c")).isEmpty();
        assertThat(stage.core.nextDeadline(stage.now)).hasValue(stage.now + 10 * SECOND);
        stage.now++;
        assertThat(grants(ask("a"))).hasSize(1);
        release(a);
        stage.now += 10 * SECOND;
        assertThat(tick()).isEmpty();
        // b was used longest ago: it takes nobody new, and goes when it is idle.
        assertThat(ask("b")).isEmpty();
        assertThat(closes(release(b))).containsExactly(b.runner());
        assertThat(load(closed(b)).order().model()).isEqualTo("c:latest");
    }

    @Test
    void aFullQueueTurnsAwayButServesWhatNeedsNoWaiting() {
        ready("a");
        ready("b");
        ask("c");
        ask("c");
        ask("c");
        var refused = (Effect.Refuse) ask("c").getFirst();
        assertThat(refused.cause().fault()).isEqualTo(Fault.QUEUE_FULL);
        assertThat(refused.cause()).hasMessage("server busy, please try again.  maximum pending requests exceeded");
        assertThat(grants(ask("a"))).hasSize(1);
    }

    @Test
    void theLoadThatNobodyWaitsForAnyMoreIsGivenUp() {
        var load = load(ask("a"));
        ask("a");
        assertThat(handle(new Event.GaveUp(1))).isEmpty();
        assertThat(handle(new Event.GaveUp(2))).containsExactly(new Effect.Abort(load.runner()));
        assertThat(ask("a")).isEmpty();
        var cause = new PaddockException(Fault.CANCELLED, "interrupted");
        load(handle(new Event.LoadFailed(load.runner(), cause)));
    }

    @Test
    void aFailedLoadReachesAllWhoWaitedForItAndTheNextRequestTriesAgain() {
        var load = load(ask("a"));
        ask("a");
        ask("b");
        var cause = new PaddockException(Fault.LOAD_FAILED, "no");
        var effects = handle(new Event.LoadFailed(load.runner(), cause));
        assertThat(effects).containsExactly(new Effect.Refuse(1, cause), new Effect.Refuse(2, cause));
        load(ask("a"));
    }

    @Test
    void aRunnerThatEndedIsRemovedAndTheNextRequestLoadsAnew() {
        var a = ready("a");
        assertThat(closes(handle(new Event.Ended(a.runner(), "signal 9")))).containsExactly(a.runner());
        assertThat(ask("a")).isEmpty();
        var again = load(closed(a));
        release(a);
        assertThat(grants(loaded(again))).hasSize(1);
        assertThat(stage.core.held().getFirst().leases()).isOne();
    }

    @Test
    void unloadingABusyModelWaitsUntilItIsIdle() {
        var a = ready("a");
        assertThat(handle(new Event.Unload(FakeStore.model("a").weightsDigest())))
                .isEmpty();
        assertThat(closes(release(a))).containsExactly(a.runner());
    }

    @Test
    void anotherEngineTakesOverWhenTheOldRunnersAreIdle() {
        var a = ready("a");
        assertThat(handle(new Event.EngineChanged())).isEmpty();
        assertThat(ask("a")).isEmpty();
        assertThat(closes(release(a))).containsExactly(a.runner());
        load(closed(a));
    }

    @Test
    void aModelThatWentWithItsEngineIsNotSaidToBeLoadedOtherwise() {
        var a = ready("a");
        handle(new Event.EngineChanged());
        assertThat(release(a)).singleElement().isInstanceOfSatisfying(Effect.Close.class, close -> assertThat(
                        close.reason())
                .contains("its engine stopped"));
    }

    @Test
    void stoppingTurnsAwayClosesAndAborts() {
        var a = ready("a");
        var b = load(ask("b"));
        var effects = handle(new Event.Stop());
        assertThat(closes(effects)).containsExactly(a.runner());
        assertThat(effects).contains(new Effect.Abort(b.runner()));
        assertThat(effects)
                .anyMatch(e -> e instanceof Effect.Refuse r && r.cause().fault() == Fault.UNAVAILABLE);
        assertThat(((Effect.Refuse) ask("a").getFirst()).cause().fault()).isEqualTo(Fault.UNAVAILABLE);
        closed(a);
        assertThat(stage.core.done()).isFalse();
        assertThat(closes(loaded(b))).containsExactly(b.runner());
        closed(b);
        assertThat(stage.core.done()).isTrue();
    }

    @Test
    void theWaitForManyModelsOnOnePlaceEndsForEveryone() {
        stage = new Stage(TestRules.of("5m", 1, 99, TestRules.sizes(1, 0, 8192, 0), Duration.ofSeconds(1)));
        List<Effect> todo = new ArrayList<>();
        for (int i = 0; i < 30; i++) todo.addAll(ask("m" + i % 3));
        int served = 0;
        for (int step = 0; step < 1000 && !todo.isEmpty(); step++) {
            stage.now += SECOND;
            var effect = todo.removeFirst();
            if (effect instanceof Effect.Grant) served++;
            todo.addAll(
                    switch (effect) {
                        case Effect.Load load -> loaded(load);
                        case Effect.Grant grant -> release(grant.runner());
                        case Effect.Close close -> handle(new Event.Closed(close.runner()));
                        default -> throw new AssertionError(effect);
                    });
        }
        assertThat(served).isEqualTo(30);
    }

    private List<Effect> handle(Event event) {
        var effects = stage.handle(event);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Grant grant) {
                leases.computeIfAbsent(grant.runner(), _ -> new ArrayDeque<>()).add(grant.ticket());
            }
        }
        return effects;
    }

    private List<Effect> ask(String name, Options options, KeepAlive... keepAlive) {
        var model = FakeStore.model(name);
        var time = keepAlive.length == 0 ? Optional.<KeepAlive>empty() : Optional.of(keepAlive[0]);
        var needs = LoadNeeds.of(model, options);
        return handle(new Event.Requested(new Ticket(++tickets, model, needs, time, Asker.LOCAL, 1, stage.now)));
    }

    private List<Effect> ask(String name) {
        return ask(name, Options.NONE);
    }

    private static Options context(long tokens) {
        return new Options(Map.of(Option.NUM_CTX, tokens), List.of());
    }

    private Effect.Load ready(String name) {
        var load = load(ask(name));
        loaded(load);
        return load;
    }

    private List<Effect> loaded(Effect.Load load) {
        return handle(new Event.Loaded(load.runner(), stage.engine.load(load.order())));
    }

    private List<Effect> release(Effect.Load load) {
        return release(load.runner());
    }

    private List<Effect> release(long runner) {
        return handle(new Event.Released(runner, leases.get(runner).poll(), OptionalLong.empty()));
    }

    private List<Effect> closed(Effect.Load load) {
        return handle(new Event.Closed(load.runner()));
    }

    private List<Effect> tick() {
        return handle(new Event.Tick());
    }

    private static Effect.Load load(List<Effect> effects) {
        assertThat(effects).hasSize(1).hasOnlyElementsOfType(Effect.Load.class);
        return (Effect.Load) effects.getFirst();
    }

    private static List<Effect.Grant> grants(List<Effect> effects) {
        assertThat(effects).hasOnlyElementsOfType(Effect.Grant.class);
        return effects.stream().map(Effect.Grant.class::cast).toList();
    }

    private static List<Long> closes(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Close.class::isInstance)
                .map(effect -> ((Effect.Close) effect).runner())
                .toList();
    }
}
