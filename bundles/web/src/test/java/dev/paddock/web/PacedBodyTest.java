package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedBodyTest {
    private final AtomicLong clock = new AtomicLong();

    private void read(long bytesASecond, int pieces, int bytes, Duration apart) {
        var pace = new PacedBody.Pace(bytesASecond, Duration.ofSeconds(30), clock::get);
        long start = clock.get();
        for (int i = 1; i <= pieces; i++) {
            clock.addAndGet(apart.toNanos());
            pace.check(start, (long) i * bytes);
        }
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        assertThatThrownBy(() -> read(100, 100, 1, Duration.ofSeconds(2)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("too slowly: 16 bytes in 32 s");
    }

    @Test
    void aSlowUploadThatGoesOnIsNot() {
        assertThatCode(() -> read(100, 100, 1_000, Duration.ofSeconds(5))).doesNotThrowAnyException();
    }

    @Test
    void aFewBytesThatCameInSeveralPacketsAreNot() {
        assertThatCode(() -> read(1_000_000, 3, 1, Duration.ofSeconds(9))).doesNotThrowAnyException();
    }

    @Test
    void noRateMeansAny() {
        assertThatCode(() -> read(0, 5, 1, Duration.ofHours(1))).doesNotThrowAnyException();
    }
}
