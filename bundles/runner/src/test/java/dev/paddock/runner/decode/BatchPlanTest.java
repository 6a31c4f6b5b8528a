package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchPlanTest {
    private final BatchPlan plan = new BatchPlan(16, 8);

    @Test
    void aLonePromptFillsTheBatch() {
        assertThat(share(new int[] {40}, false)).containsExactly(16);
        assertThat(share(new int[] {3}, false)).containsExactly(3);
    }

    @Test
    void everyStreamGetsItsTokenBeforeAnyPrompt() {
        assertThat(share(new int[] {40, 1, 1}, false, true, true)).containsExactly(6, 1, 1);
    }

    @Test
    void promptsTogetherGetNoMoreThanAMicroBatchWhileSomebodyStreams() {
        assertThat(share(new int[] {1, 5, 40}, true, false, false)).containsExactly(1, 5, 2);
    }

    @Test
    void theOldestPromptGoesFirstAndTheLastMayWait() {
        assertThat(share(new int[] {10, 10, 10}, false, false, false)).containsExactly(10, 6, 0);
    }

    @Test
    void aPromptMovesEvenWhenStreamsFillTheMicroBatch() {
        int[] pending = new int[10];
        boolean[] generating = new boolean[10];
        java.util.Arrays.fill(pending, 1);
        java.util.Arrays.fill(generating, 0, 9, true);
        pending[9] = 100;
        assertThat(share(pending, generating)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void noBatchIsEverOverfull() {
        var random = new java.util.Random(7);
        for (int round = 0; round < 10_000; round++) {
            int count = 1 + random.nextInt(16);
            int[] pending = new int[count];
            boolean[] generating = new boolean[count];
            for (int i = 0; i < count; i++) {
                generating[i] = random.nextBoolean();
                pending[i] = generating[i] ? 1 : 1 + random.nextInt(50);
            }
            int sum = 0;
            int[] shares = share(pending, generating);
            for (int i = 0; i < count; i++) {
                assertThat(shares[i]).isBetween(generating[i] ? 1 : 0, pending[i]);
                sum += shares[i];
            }
            assertThat(sum).isBetween(1, 16);
        }
    }

    private int[] share(int[] pending, boolean... generating) {
        int[] shares = new int[pending.length];
        plan.share(pending, generating, pending.length, shares);
        return shares;
    }
}
