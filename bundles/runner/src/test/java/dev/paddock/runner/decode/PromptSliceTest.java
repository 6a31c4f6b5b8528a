package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptSliceTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void aSlowMachineGetsSmallSlicesOfAQuarterSecond() {
        PromptSlice slice = new PromptSlice(512);
        long perToken = 2 * MILLISECOND;
        long base = 40 * MILLISECOND;
        for (int step = 0; step < 20; step++) slice.measured(slice.tokens(), base + slice.tokens() * perToken);
        assertThat(slice.tokens()).isBetween(100, 110);
    }

    @Test
    void aFastMachineGetsTheWholeMicroBatch() {
        PromptSlice slice = new PromptSlice(512);
        slice.measured(128, 5 * MILLISECOND);
        assertThat(slice.tokens()).isEqualTo(512);
    }

    @Test
    void aHugeModelShowsProgressEveryTenSecondsAtLeast() {
        PromptSlice slice = new PromptSlice(512);
        assertThat(slice.alone()).isEqualTo(128);
        slice.measured(128, 100 * 128 * MILLISECOND);
        assertThat(slice.alone()).isEqualTo(100);
        slice.measured(100, 100 * MILLISECOND);
        slice.measured(512, 512 * MILLISECOND);
        assertThat(slice.alone()).isGreaterThan(256);
    }

    @Test
    void aFewTokensBesideStreamsTeachNothing() {
        PromptSlice slice = new PromptSlice(512);
        int before = slice.tokens();
        slice.measured(3, 900 * MILLISECOND);
        assertThat(slice.tokens()).isEqualTo(before);
    }

    @Test
    void oneHiccupIsForgotten() {
        PromptSlice slice = new PromptSlice(512);
        slice.measured(512, 100 * MILLISECOND);
        slice.measured(512, 60_000 * MILLISECOND);
        for (int step = 0; step < 12; step++) slice.measured(slice.tokens(), slice.tokens() * MILLISECOND / 4);
        assertThat(slice.tokens()).isEqualTo(512);
    }

    @Test
    void itIsNeverBelowTheLeastNorAboveTheMicroBatch() {
        var random = new Random(3);
        for (int microBatch : new int[] {1, 20, 32, 64, 2048}) {
            PromptSlice slice = new PromptSlice(microBatch);
            for (int step = 0; step < 1000; step++) {
                assertThat(slice.tokens()).isBetween(Math.min(32, microBatch), microBatch);
                slice.measured(random.nextInt(4096), random.nextLong(10_000 * MILLISECOND) - 1);
            }
        }
    }
}
