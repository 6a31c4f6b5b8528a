package dev.paddock.examples.firstcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.scheduler.SchedulingPolicy.Ahead;
import dev.paddock.api.scheduler.SchedulingPolicy.Choice;
import dev.paddock.api.scheduler.SchedulingPolicy.Eviction;
import dev.paddock.api.scheduler.SchedulingPolicy.Occupant;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Question;
import dev.paddock.api.scheduler.SchedulingPolicy.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstComePolicyTest {
    private final FirstComePolicy policy = new FirstComePolicy();

    @Test
    void whoCameFirstIsServedFirst() {
        var waiting = List.of(waiting(1, "busy"), waiting(2, "busy"), waiting(3, "other"));
        assertThat(policy.order(waiting)).isEqualTo(waiting);
    }

    @Test
    void theModelThatWasIdleForTheLongestTimeGoes() {
        var idle = List.of(occupant(7, 3), occupant(8, 9), occupant(9, 1));
        assertThat(policy.evict(waiting(1, "a"), idle))
                .isInstanceOfSatisfying(
                        Eviction.Now.class, now -> assertThat(now.runner()).isEqualTo(8));
    }

    @Test
    void theFirstThatFitsIsTaken() {
        assertThat(policy.place(question(fit(8192, 900), fit(4096, 500))))
                .isInstanceOfSatisfying(
                        Choice.Take.class,
                        take -> assertThat(take.fit().contextLength()).isEqualTo(4096));
        assertThat(policy.place(question(fit(8192, 900)))).isInstanceOf(Choice.MakeRoom.class);
        assertThat(policy.place(question(fit(8192, 9000)))).isInstanceOf(Choice.Wait.class);
    }

    private static Question question(Fit... fits) {
        var key = BackendKey.newest(BackendKey.CPU);
        var host = new Device(key, Device.HOST, "", Device.Kind.CPU, "", "", 2000, 600);
        var offload = new Offload(Offload.Mode.AUTO, 0, false);
        return new Question("m", 0, offload, List.of(fits), List.of(host), List.of(400L));
    }

    private static Fit fit(int context, long bytes) {
        return new Fit(Placement.CPU, 4, context, 1, List.of(new MemoryUse(Device.HOST, bytes, 0, 0)));
    }

    private static Occupant occupant(long runner, int seconds) {
        return new Occupant(runner, "m" + runner, Duration.ofSeconds(seconds), Duration.ofSeconds(1), 100);
    }

    private static Waiting waiting(long id, String identity) {
        return new Waiting(id, identity, 0, "m", "w", false, Duration.ofSeconds(5), 0, new Ahead(0, 0));
    }
}
