package dev.paddock.runner.speculate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(true);

    @Test
    void whatWasMeasuredIsExpectedAgain() {
        pace.took(1, 1000);
        for (int i = 0; i < 40; i++) pace.took(5, 3000);
        assertThat(pace.nanos(1)).isEqualTo(1000);
        assertThat(pace.nanos(3)).isCloseTo(2000, within(60.0));
        assertThat(pace.nanos(5)).isCloseTo(3000, within(60.0));
    }

    @Test
    void aFurtherTokenIsThoughtCheapUntilItIsMeasured() {
        pace.took(1, 1000);
        assertThat(pace.nanos(2)).isBetween(1000.0, 1100.0);
        for (int i = 0; i < 40; i++) pace.took(2, 1900);
        assertThat(pace.nanos(2)).isCloseTo(1900, within(20.0));
    }

    @Test
    void fewerTokensThanEverMeasuredTakeAsLongAsTheFewest() {
        pace.took(4, 1000);
        assertThat(pace.nanos(2)).isEqualTo(1000);
    }

    @Test
    void oneSlowStepHardlyCounts() {
        pace.took(1, 1000);
        pace.took(1, 1_000_000);
        assertThat(pace.nanos(1)).isCloseTo(1100, within(1.0));
        pace.took(2, 1_000_000);
        assertThat(pace.nanos(2)).isBetween(1100.0, 1300.0);
    }

    @Test
    void onABusyMachineTheFastStepsCount() {
        for (int i = 0; i < 300; i++) pace.took(1, 1000 + i % 3 * 900);
        assertThat(pace.nanos(1)).as("well below the mean of 1900").isBetween(1000.0, 1500.0);
    }

    @Test
    void stepsBeyondTheTableAreEstimated() {
        pace.took(1, 1000);
        pace.took(Pace.MOST_TOKENS + 1, 1);
        pace.took(0, 1);
        assertThat(pace.nanos(Pace.MOST_TOKENS + 50)).isGreaterThan(1000);
    }
}
