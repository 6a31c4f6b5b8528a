package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    private static final int BATCH = 16;
    private static final int MICRO_BATCH = 8;

    private final BatchPlan plan = new BatchPlan(BATCH, MICRO_BATCH);
    private int slice = BATCH;

    @Test
    void aLonePromptFillsTheBatch() {
        assertThat(share(new int[] {40}, false)).containsExactly(16);
        assertThat(share(new int[] {3}, false)).containsExactly(3);
    }

    @Test
    void everyStreamGetsItsTokensBeforeAnyPrompt() {
        assertThat(share(new int[] {40, 1, 3}, false, true, true)).containsExactly(4, 1, 3);
    }

    @Test
    void promptsTogetherGetNoMoreThanAMicroBatchWhileSomebodyStreams() {
        assertThat(share(new int[] {1, 5, 40}, true, false, false)).containsExactly(1, 4, 3);
    }

    @Test
    void promptsGetNoMoreThanTheirSlice() {
        slice = 4;
        assertThat(share(new int[] {1, 40, 40}, true, false, false)).containsExactly(1, 2, 2);
        assertThat(share(new int[] {40, 40}, false, false)).containsExactly(2, 2);
    }

    @Test
    void promptsShareEquallyAndWhatOneDoesNotNeedGoesToTheOthers() {
        assertThat(share(new int[] {10, 10, 10, 10}, false, false, false, false))
                .containsExactly(4, 4, 4, 4);
        assertThat(share(new int[] {40, 2, 40}, false, false, false)).containsExactly(7, 2, 7);
    }

    @Test
    void whatSitsOutGetsNothing() {
        assertThat(share(new int[] {0, 40, 0}, true, false, false)).containsExactly(0, 16, 0);
    }

    @Test
    void aPromptMovesEvenWhenStreamsFillTheMicroBatch() {
        int[] pending = new int[10];
        boolean[] generating = new boolean[10];
        Arrays.fill(pending, 1);
        Arrays.fill(generating, 0, 9, true);
        pending[9] = 100;
        assertThat(share(pending, generating)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void noBatchIsEverOverfullAndNoPlaceIsWasted() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            slice = 1 + random.nextInt(BATCH);
            int count = 1 + random.nextInt(15);
            int[] pending = new int[count];
            boolean[] generating = new boolean[count];
            int streams = 0;
            int prompts = 0;
            for (int i = 0; i < count; i++) {
                generating[i] = random.nextBoolean();
                pending[i] = generating[i] ? 1 : random.nextInt(50);
                streams += generating[i] ? 1 : 0;
                prompts += generating[i] ? 0 : pending[i];
            }
            int[] shares = share(pending, generating);
            for (int i = 0; i < count; i++) assertThat(shares[i]).isBetween(generating[i] ? 1 : 0, pending[i]);
            int room = streams == 0 ? slice : Math.max(1, Math.min(slice, MICRO_BATCH - streams));
            assertThat(Arrays.stream(shares).sum()).isEqualTo(streams + Math.min(prompts, room));
        }
    }

    @Test
    void noPromptGetsTwiceTheOthersWhileAllWantMore() {
        var random = new Random(8);
        for (int round = 0; round < 5_000; round++) {
            int[] pending = new int[1 + random.nextInt(BATCH)];
            for (int i = 0; i < pending.length; i++) pending[i] = BATCH + random.nextInt(50);
            int[] shares = share(pending, new boolean[pending.length]);
            int least = Arrays.stream(shares).min().orElseThrow();
            assertThat(Arrays.stream(shares).max().orElseThrow()).isLessThanOrEqualTo(least + 1);
        }
    }

    @Test
    void nobodyStarvesHoweverManyComeAndGo() {
        var random = new Random(9);
        int count = 14;
        int[] pending = new int[count];
        boolean[] generating = new boolean[count];
        int[] waited = new int[count];
        for (int step = 0; step < 20_000; step++) {
            slice = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                if (pending[i] > 0) continue;
                waited[i] = 0;
                generating[i] = random.nextInt(4) > 0;
                pending[i] = generating[i] ? 1 : 1 + random.nextInt(20);
            }
            int[] shares = share(pending, generating);
            for (int i = 0; i < count; i++) {
                pending[i] -= shares[i];
                waited[i] = shares[i] > 0 ? 0 : waited[i] + 1;
                assertThat(waited[i]).isLessThan(count);
            }
        }
    }

    private int[] share(int[] pending, boolean... generating) {
        int[] shares = new int[pending.length];
        int prompted = plan.share(pending, generating, pending.length, slice, shares);
        int counted = 0;
        for (int i = 0; i < shares.length; i++) counted += generating[i] ? 0 : shares[i];
        assertThat(prompted).isEqualTo(counted);
        return shares;
    }
}
