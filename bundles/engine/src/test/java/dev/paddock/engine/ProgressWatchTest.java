package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.RunnerStatus;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
    private final ProgressWatch watch = new ProgressWatch();

    @Test
    void onlyRunningWithoutTokensIsAStall() {
        assertThat(watch.stalled(status(1, 0, 0), 100)).isZero();
        assertThat(watch.stalled(status(1, 0, 0), 150)).isEqualTo(50);
        assertThat(watch.stalled(status(1, 512, 0), 200)).as("a prompt goes on").isZero();
        assertThat(watch.stalled(status(1, 512, 1), 300)).isZero();
        assertThat(watch.stalled(status(0, 512, 1), 400)).as("nothing to do").isZero();
        assertThat(watch.stalled(status(2, 512, 1), 450))
                .as("since there is something")
                .isEqualTo(50);
    }

    private static RunnerStatus status(int running, long prompt, long generated) {
        return new RunnerStatus(running, 0, prompt, generated, CacheStatus.EMPTY);
    }
}
