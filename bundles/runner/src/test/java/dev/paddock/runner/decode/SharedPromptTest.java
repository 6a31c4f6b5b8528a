package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedPromptTest {
    @Test
    void promptsHaveTheirBeginningInCommon() {
        int[] one = {1, 2, 3, 4};
        assertThat(SharedPrompt.common(one, 4, new int[] {1, 2, 9, 4}, 4)).isEqualTo(2);
        assertThat(SharedPrompt.common(one, 4, new int[] {1, 2, 3}, 3)).isEqualTo(3);
        assertThat(SharedPrompt.common(one, 1, new int[] {1, 2, 3}, 3)).isEqualTo(1);
        assertThat(SharedPrompt.common(one, 4, new int[] {7}, 1)).isZero();
    }

    @Test
    void aPromptWaitsForWhatTheOtherIsAboutToCompute() {
        assertThat(SharedPrompt.waitUntil(500, 600, 100)).isEqualTo(500);
    }

    @Test
    void theSamePromptWaitsForAllButItsLastToken() {
        assertThat(SharedPrompt.waitUntil(600, 600, 0)).isEqualTo(599);
    }

    @Test
    void nobodyWaitsForAFewTokensOrForWhatIsThereAlready() {
        assertThat(SharedPrompt.waitUntil(SharedPrompt.WORTH_WAITING - 1, 600, 0))
                .isZero();
        assertThat(SharedPrompt.waitUntil(500, 600, 500)).isZero();
        assertThat(SharedPrompt.waitUntil(500, 600, 550)).isZero();
    }
}
