package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestSchedulerTest {
    private static final Rules RULES = TestRules.of("5m", 2, 8, TestRules.sizes(2, 0, 8192, 0), Duration.ofSeconds(10));

    private final FakeEngine engine = new FakeEngine();
    private final RequestScheduler scheduler = new RequestScheduler(RULES, Duration.ofSeconds(10));

    @BeforeEach
    void engineArrives() {
        scheduler.bindEngine(engine);
    }

    @AfterEach
    void stop() {
        scheduler.deactivate();
        assertThat(engine.alive()).isZero();
    }

    @Test
    void whoHoldsALeaseSeesTheModelAmongTheResidents() {
        try (Lease lease = scheduler.lease(request("a"))) {
            assertThat(lease.model().facts().contextLength()).isEqualTo(8192);
            assertThat(lease.loadTime()).isPositive();
            var resident = scheduler.residents().getFirst();
            assertThat(resident.model().name().display()).isEqualTo("a:latest");
            assertThat(resident.leases()).isOne();
            assertThat(resident.expiresAt().orElseThrow())
                    .as("if its use ended now")
                    .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(301));
        }
        try (Lease again = scheduler.lease(request("a"))) {
            assertThat(again.loadTime()).isZero();
        }
        assertThat(engine.loads()).hasSize(1);
    }

    @Test
    void anIdleModelSaysWhenItIsUnloaded() {
        var lease = scheduler.lease(request("a"));
        lease.close();
        lease.close();
        // A lease on another model is granted after the release was handled.
        scheduler.lease(request("b")).close();
        var idle = scheduler.residents().stream()
                .filter(resident -> resident.model().name().model().equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(idle.leases()).isZero();
        assertThat(idle.expiresAt().orElseThrow())
                .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(301));
    }

    @Test
    void aCallerThatIsInterruptedGivesUpItsPlace() throws Exception {
        var gate = engine.holdLoads();
        var failure = new CompletableFuture<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                scheduler.lease(request("a"));
            } catch (PaddockException e) {
                failure.complete(e);
            }
        });
        gate.awaitArrival();
        caller.interrupt();
        assertThat(failure.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
        while (!scheduler.arrivals().isEmpty()) Thread.onSpinWait();
        gate.open();
        try (Lease lease = scheduler.lease(request("a"))) {
            assertThat(scheduler.residents().getFirst().leases()).isOne();
            assertThat(lease.model()).isNotNull();
        }
        assertThat(engine.loads())
                .as("the load that nobody waited for was given up")
                .hasSize(2);
    }

    @Test
    void aFailedLoadIsTheCallersToSeeAndTheNextOneWorks() {
        engine.failNextLoad(Fault.LOAD_FAILED, "it does not fit");
        assertFault(Fault.LOAD_FAILED);
        scheduler.lease(request("a")).close();
    }

    @Test
    void aRunnerThatDiedIsLoadedAnew() {
        scheduler.lease(request("a")).close();
        engine.crashAll();
        scheduler.lease(request("a")).close();
        assertThat(engine.loads()).hasSize(2);
    }

    @Test
    void withoutAnEngineItSaysSoAndAnEngineThatComesBackWorks() {
        scheduler.unbindEngine(engine);
        assertFault(Fault.UNAVAILABLE);
        scheduler.bindEngine(engine);
        scheduler.lease(request("a")).close();
    }

    @Test
    void newSettingsLeaveRunningAnswersAlone() {
        try (Lease lease = scheduler.lease(request("a"))) {
            scheduler.changeRules(TestRules.of("0", 1, 1, TestRules.sizes(1, 0, 512, 1), Duration.ZERO));
            assertThat(lease.model().tokenize("x", false, false)).hasSize(1);
            assertThat(lease.model().ended().toCompletableFuture()).isNotDone();
        }
        scheduler.lease(request("b")).close();
        assertThat(engine.loads().getLast().contextLength()).isEqualTo(512);
    }

    @Test
    void aDraftModelIsFoundWhenItsModelIsLoadedAndChangesCountFromTheNextLoadOn() {
        scheduler.lease(request("a")).close();
        assertThat(engine.loads().getLast().draft().wanted()).isFalse();
        scheduler.bindStore(FakeStore.with("small"));
        scheduler.changeRules(TestRules.of(
                "5m", 2, 8, new Rules.Sizes(2, 0, 8192, 0, DraftModels.of("A=small")), Duration.ofSeconds(10)));
        scheduler.lease(request("a")).close();
        assertThat(engine.loads()).as("what is loaded stays").hasSize(1);
        engine.crashAll();
        scheduler.lease(request("a")).close();
        assertThat(engine.loads().getLast().draft())
                .isEqualTo(LoadOrder.Draft.of("small:latest")
                        .found(FakeStore.model("small").weights()));
        assertThat(scheduler.residents().getFirst().facts().draft().model()).isEqualTo("small:latest");
    }

    @Test
    void stoppingTurnsAwayWhoWaitsAndWhoComesLater() throws Exception {
        var gate = engine.holdLoads();
        var waiting = CompletableFuture.supplyAsync(() -> scheduler.lease(request("a")));
        gate.awaitArrival();
        scheduler.deactivate();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE));
        assertFault(Fault.UNAVAILABLE);
    }

    @Test
    void unloadSaysWhetherTheModelWasThere() throws Exception {
        assertThat(scheduler.unload(FakeStore.model("a"))).isFalse();
        var lease = scheduler.lease(request("a"));
        assertThat(scheduler.unload(FakeStore.model("a"))).isTrue();
        var ended = lease.model().ended().toCompletableFuture();
        assertThat(ended).isNotDone();
        lease.close();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isNotBlank();
    }

    private void assertFault(Fault fault) {
        assertThatThrownBy(() -> scheduler.lease(request("a")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static LeaseRequest request(String name) {
        return new LeaseRequest(FakeStore.model(name), Options.NONE, Optional.empty(), Asker.LOCAL, 0);
    }
}
