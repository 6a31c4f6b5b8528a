package dev.paddock.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Attempts attempts = new Attempts(now::get);

    private boolean tries(String address, boolean right) throws IOException {
        return attempts.tryNow(address, () -> right);
    }

    private void wait(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void someAreFreeThenEachCostsTwiceTheTimeOfTheOneBefore() throws IOException {
        for (int i = 0; i < Attempts.FREE; i++) {
            assertThat(attempts.left("10.0.0.1")).isZero();
            assertThat(tries("10.0.0.1", false)).isFalse();
        }
        for (Duration pause = Duration.ofSeconds(1);
                pause.compareTo(Duration.ofMinutes(4)) < 0;
                pause = pause.multipliedBy(2)) {
            assertThat(attempts.left("10.0.0.1")).isEqualTo(pause);
            assertThat(tries("10.0.0.1", true))
                    .as("not even the right one is looked at")
                    .isFalse();
            wait(pause);
            tries("10.0.0.1", false);
        }
        for (int i = 0; i < 20; i++) {
            wait(Attempts.LONGEST);
            tries("10.0.0.1", false);
        }
        assertThat(attempts.left("10.0.0.1")).isEqualTo(Attempts.LONGEST);
    }

    @Test
    void theRightOneForgetsTheWrongOnesAndNobodyPaysForOthers() throws IOException {
        for (int i = 0; i < Attempts.FREE; i++) tries("10.0.0.1", false);
        assertThat(tries("10.0.0.2", true)).isTrue();
        wait(Duration.ofSeconds(1));
        assertThat(tries("10.0.0.1", true)).isTrue();
        tries("10.0.0.1", false);
        assertThat(attempts.left("10.0.0.1")).isZero();
    }

    @Test
    void whoHasOneAddressOfANetworkHasAllOfThem() throws IOException {
        for (int i = 0; i < Attempts.FREE; i++) tries("2001:db8:1:2:0:0:0:" + i, false);
        assertThat(attempts.left("2001:db8:1:2:ffff:0:0:1")).isPositive();
        assertThat(attempts.left("2001:db8:1:3:0:0:0:1")).isZero();
    }

    @Test
    void theMemoryIsBoundedAndKeepsThoseWhoTriedLast() throws IOException {
        for (int i = 0; i < Attempts.FREE; i++) tries("10.0.0.1", false);
        for (int i = 0; i < 50 * Attempts.MOST; i++) {
            tries("192.0." + i / 250 + "." + i % 250, false);
            if (i % 100 == 0) attempts.left("10.0.0.1");
        }
        assertThat(attempts.left("10.0.0.1")).isPositive();
        assertThat(attempts.known()).isEqualTo(Attempts.MOST);
    }
}
