package dev.paddock.runner.speculate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NgramIndexTest {
    private final NgramIndex index = new NgramIndex();

    @Test
    void theLatestOccurrenceIsContinued() {
        int[] tokens = {1, 2, 3, 70, 71, 1, 2, 3, 80, 81, 1, 2, 3};
        assertThat(index.following(tokens, tokens.length, 2)).containsExactly(80, 81);
    }

    @Test
    void aLongerAgreementGoesBeforeALaterOne() {
        int[] tokens = {9, 1, 2, 70, 71, 8, 1, 2, 80, 81, 9, 1, 2};
        assertThat(index.following(tokens, tokens.length, 2)).containsExactly(70, 71);
    }

    @Test
    void aSingleTokenThatStoodBeforeIsNoReason() {
        assertThat(index.following(new int[] {1, 2, 3, 1}, 4, 3)).isEmpty();
        assertThat(index.following(new int[] {1}, 1, 3)).isEmpty();
    }

    @Test
    void placesBehindTheSequenceAreNotRead() {
        int[] tokens = {5, 6, 7, 5, 6, 99, 99, 99};
        assertThat(index.following(tokens, 5, 8))
                .containsExactly(7, 5, 6, 7, 5, 6, 7, 5)
                .doesNotContain(99);
    }

    @Test
    void stepByStepItFindsWhatALookBackwardsFinds() {
        int[] tokens = new Random(7).ints(3000, 0, 12).toArray();
        int missed = 0;
        for (int length = 2; length <= tokens.length; length++) {
            int[] guess = index.following(tokens, length, 5);
            if (!Arrays.equals(guess, searched(tokens, length, 5))) missed++;
            if (length % 97 == 0) assertThat(guess).isEqualTo(new NgramIndex().following(tokens, length, 5));
        }
        assertThat(missed).isLessThan(30);
    }

    @Test
    void aSequenceThatLostTokensIsLearnedAnew() {
        int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2};
        assertThat(index.following(tokens, 10, 1)).containsExactly(3);
        int[] cut = {5, 6, 40, 8, 5, 6};
        assertThat(index.following(cut, 6, 1)).containsExactly(40);
    }

    @Test
    void aLongSequenceIsStillKnownAtItsEnd() {
        int[] tokens = new Random(3).ints(200_000, 0, 50_000).toArray();
        System.arraycopy(tokens, 195_000, tokens, 199_900, 100);
        assertThat(index.following(tokens, 199_950, 20)).isEqualTo(Arrays.copyOfRange(tokens, 199_950, 199_970));
    }

    /** The plain way: from the end backwards. */
    private static int[] searched(int[] tokens, int length, int most) {
        for (int n = NgramIndex.LONGEST; n >= NgramIndex.SHORTEST; n--) {
            for (int end = length - 1; end >= n; end--) {
                if (Arrays.equals(tokens, end - n, end, tokens, length - n, length)) {
                    int[] all = Arrays.copyOf(tokens, length + most);
                    for (int i = 0; i < most; i++) all[length + i] = all[end + i];
                    return Arrays.copyOfRange(all, length, length + most);
                }
            }
        }
        return new int[0];
    }
}
