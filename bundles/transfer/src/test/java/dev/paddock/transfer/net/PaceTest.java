package dev.paddock.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast, how long and when again. */
class PaceTest {
    private final InstantSource noon = InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));
    private final Backoff middle = new Backoff(() -> 0.5, noon);
    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> slept = new ArrayList<>();
    private final RateLimit rate = new RateLimit(nanos::get, time -> {
        slept.add(time);
        nanos.addAndGet(time.toNanos());
    });
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void close() {
        clock.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,16", "6,32", "7,32", "1000,32"})
    void pausesDoubleUpToHalfAMinute(int failures, long seconds) {
        assertThat(middle.after(failures, Optional.empty())).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void chanceMakesThemHalfToOneAndAHalfAsLong() {
        assertThat(new Backoff(() -> 0, noon).after(4, Optional.empty())).isEqualTo(Duration.ofSeconds(4));
        assertThat(new Backoff(() -> 1, noon).after(4, Optional.empty())).isEqualTo(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17 | 17",
                "0 | 1",
                "300 | 300",
                "86400 | 300",
                "999999999 | 300",
                "9999999999 | 1",
                "-5 | 1",
                "soon | 1",
                "'' | 1",
                "Mon, 30 Nov 2026 12:00:30 GMT | 30",
                "Mon, 30 Nov 2026 11:00:00 GMT | 1",
                "Tue, 30 Nov 2027 12:00:00 GMT | 300",
            })
    void whatAServerAsksForIsRespectedWithinReason(String said, long seconds) {
        assertThat(middle.after(1, Optional.of(said))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void withoutALimitNobodyWaits() throws InterruptedException {
        rate.take(1 << 30);
        assertThat(slept).isEmpty();
    }

    @Test
    void bytesComeAsFastAsTheLimitAllows() throws InterruptedException {
        rate.set(1_000_000);
        for (int n = 0; n < 100; n++) rate.take(100_000);
        // Ten megabytes at one a second, less what may come at once.
        assertThat(nanos.get()).isBetween(9_800_000_000L, 10_000_000_000L);
    }

    @Test
    void whoWasIdleMayNotSaveUp() throws InterruptedException {
        rate.set(1_000_000);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        long before = nanos.get();
        for (int n = 0; n < 20; n++) rate.take(100_000);
        assertThat(nanos.get() - before).isBetween(1_800_000_000L, 2_000_000_000L);
    }

    @Test
    void aLimitThatIsLiftedFreesThoseWhoWait() throws InterruptedException {
        var lifted = new RateLimit[1];
        lifted[0] = new RateLimit(nanos::get, time -> {
            slept.add(time);
            nanos.addAndGet(time.toNanos());
            if (slept.size() == 3) lifted[0].set(0);
        });
        lifted[0].set(1000);
        lifted[0].take(1_000_000);
        assertThat(slept).as("a thousand seconds had it stayed").hasSize(3);
    }

    @Test
    void aConnectionThatBringsEnoughIsLeftAlone() {
        var cuts = new AtomicInteger();
        try (var watch = new Watch(clock, Duration.ofHours(1), cuts::incrementAndGet)) {
            for (int n = 0; n < 10; n++) {
                watch.moved(2 << 20);
                watch.tick();
            }
        }
        assertThat(cuts).hasValue(0);
    }

    @Test
    void aConnectionThatTricklesIsCutOnce() {
        var cuts = new AtomicInteger();
        try (var watch = new Watch(clock, Duration.ofHours(1), cuts::incrementAndGet)) {
            for (int n = 0; n < 10; n++) {
                watch.moved(1000);
                watch.tick();
            }
            assertThat(watch.cutOff()).isTrue();
        }
        assertThat(cuts).hasValue(1);
    }

    @Test
    void whoWeKeptWaitingIsExcused() {
        var cuts = new AtomicInteger();
        try (var watch = new Watch(clock, Duration.ofHours(1), cuts::incrementAndGet)) {
            for (int n = 0; n < 10; n++) {
                watch.excuse();
                watch.tick();
            }
            assertThat(cuts).hasValue(0);
            watch.tick();
            watch.tick();
        }
        assertThat(cuts).hasValue(1);
    }
}
