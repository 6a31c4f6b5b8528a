package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Device;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.SchedulingPolicy;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services that come and go while real threads ask, with room for one model and one place in it. */
@Timeout(60)
class LiveServicesTest {
    private static final Rules RULES = TestRules.of("5m", 1, 64, TestRules.sizes(1, 0, 8192, 0), Duration.ofMillis(30));

    private final FakeEngine engine = new FakeEngine();
    private final RequestScheduler scheduler = new RequestScheduler(RULES, Duration.ofSeconds(10));
    private final Notes notes = new Notes();

    @BeforeEach
    void engineArrives() {
        scheduler.bindEngine(engine);
    }

    @AfterEach
    void stop() {
        scheduler.deactivate();
        assertThat(engine.alive()).isZero();
    }

    private static LeaseRequest request(String model, String who) {
        return new LeaseRequest(
                FakeStore.model(model), Options.NONE, Optional.empty(), new Asker(who, new Identity(who), 0), 10);
    }

    private static final class Notes implements Decisions {
        private final LinkedBlockingQueue<Decision> taken = new LinkedBlockingQueue<>();

        @Override
        public void add(Decision decision) {
            taken.add(decision);
        }

        Decision next(Kind kind, String request) throws InterruptedException {
            while (true) {
                var decision = taken.poll(20, TimeUnit.SECONDS);
                assertThat(decision).as("%s of %s", kind, request).isNotNull();
                if (decision.kind() == kind && decision.request().equals(request)) return decision;
            }
        }

        @Override
        public List<Decision> ofRequest(String request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Decision> ofModel(String model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Decision> latest(int most) {
            throw new UnsupportedOperationException();
        }
    }

    private List<String> servedAfterOneThatHolds() throws Exception {
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        try (var _ = scheduler.lease(request("a", "holder"))) {
            for (String who : List.of("first", "second")) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try (var _ = scheduler.lease(request("a", who))) {
                        served.add(who);
                    }
                }));
                notes.next(Kind.QUEUED, who);
            }
        }
        for (var thread : threads) thread.join();
        return served;
    }

    @Test
    void aPolicyDecidesFromWhenItComesUntilItGoes() throws Exception {
        scheduler.bindDecisions(notes);
        var policy = new LastComeFirst();
        scheduler.lease(request("a", "holder")).close();
        scheduler.bindPolicy(policy);
        assertThat(servedAfterOneThatHolds()).containsExactly("second", "first");
        scheduler.unbindPolicy(policy);
        assertThat(servedAfterOneThatHolds()).containsExactly("first", "second");
    }

    @Test
    void decisionsAreToldToWhoRemembersThemFromWhenItComes() throws Exception {
        scheduler.lease(request("a", "early")).close();
        scheduler.bindDecisions(notes);
        scheduler.lease(request("a", "late")).close();
        var granted = notes.next(Kind.GRANTED, "late");
        assertThat(granted.model()).isEqualTo("a:latest");
        assertThat(granted.text()).contains("late gets a:latest at once");
        scheduler.unbindDecisions(notes);
        scheduler.lease(request("a", "too late")).close();
        assertThat(notes.taken).extracting(Decision::request).doesNotContain("too late");
    }

    @Test
    void theMemorysAccountsAreOpen() {
        try (var _ = scheduler.lease(request("a", "who"))) {
            var host = scheduler.memory().getFirst();
            assertThat(host.device().name()).isEqualTo(Device.HOST);
            assertThat(host.measured()).isEqualTo(1_000_000);
            assertThat(host.reserved()).isGreaterThanOrEqualTo(host.measured());
            assertThat(host.available()).isBetween(1L, host.device().totalBytes() - host.reserved());
            assertThat(host.device().freeBytes()).isEqualTo(host.device().totalBytes() - 1_000_000);
        }
    }

    @Test
    void twoThatNeverPauseAreBothServedWithRoomForOneModel() throws Exception {
        var most = new AtomicInteger();
        var work = List.of("a", "b").stream()
                .map(model -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 200; i++) {
                        try (var lease = scheduler.lease(request(model, "agent " + model))) {
                            assertThat(lease.model().tokenize(model, false, false))
                                    .hasSize(1);
                            most.accumulateAndGet(engine.alive(), Math::max);
                        }
                    }
                }))
                .toList();
        for (var each : work) each.get(50, TimeUnit.SECONDS);
        assertThat(most).hasValue(1);
        assertThat(engine.loads()).extracting(order -> order.model()).contains("a:latest", "b:latest");
        assertThat(engine.loads())
                .as("models are not swapped for every request")
                .hasSizeLessThan(200);
    }

    private static final class LastComeFirst implements SchedulingPolicy {
        @Override
        public String name() {
            return "last come first";
        }

        @Override
        public List<Waiting> order(List<Waiting> waiting) {
            return waiting.reversed();
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
