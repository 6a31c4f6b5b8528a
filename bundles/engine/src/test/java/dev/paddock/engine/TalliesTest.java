package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Tally;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final int PROMPT = 100;

    private final Tallies tallies = new Tallies();

    @Test
    void anUndisturbedAnswerHasItsRunnersAccount() {
        var told = tally(80, 7, 5, 3);
        tallies.soFar(tally(80, 6, 5, 3));
        assertThat(tallies.whole(told, PROMPT, 0)).isEqualTo(told);
    }

    @Test
    void workAddsUpAndTheFirstRunnerSaysWhatWasCached() {
        tallies.soFar(tally(80, 5, 4, 2));
        tallies.leaveRunner();
        tallies.soFar(tally(0, 6, 1, 1));
        tallies.leaveRunner();
        var whole = tallies.whole(tally(0, 9, 10, 10), PROMPT, 2);
        assertThat(whole.promptTokens()).isEqualTo(PROMPT);
        assertThat(whole.cachedTokens()).isEqualTo(80);
        assertThat(whole.completionTokens()).isEqualTo(9);
        assertThat(whole.draftedTokens()).isEqualTo(15);
        assertThat(whole.acceptedTokens()).isEqualTo(13);
        assertThat(whole.resumes()).isEqualTo(2);
        assertThat(whole.promptTime()).isEqualTo(Duration.ofMillis(3));
        assertThat(whole.completionTime()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void theAccountUpToNowIsOfAllRunnersToo() {
        assertThat(tallies.soFar(PROMPT, 0)).isEmpty();
        tallies.soFar(tally(80, 5, 4, 2));
        assertThat(tallies.soFar(PROMPT, 0)).contains(tally(80, 5, 4, 2));
        tallies.leaveRunner();
        assertThat(tallies.soFar(PROMPT, 0)).contains(tally(80, 5, 4, 2));
        tallies.soFar(tally(0, 9, 10, 10));
        assertThat(tallies.soFar(PROMPT, 1)).contains(tallies.whole(tally(0, 9, 10, 10), PROMPT, 1));
    }

    @Test
    void aRunnerThatDiedBeforeItSaidAnythingDoesNotCount() {
        tallies.leaveRunner();
        var last = tally(30, 9, 10, 10);
        assertThat(tallies.whole(last, PROMPT, 1).cachedTokens()).isEqualTo(30);
        assertThat(tallies.whole(last, PROMPT, 1).promptTime()).isEqualTo(last.promptTime());
    }

    @Test
    void whatTheAnswerItselfFoundInACacheIsNotOfThePrompt() {
        assertThat(tallies.whole(tally(PROMPT + 5, 9, 0, 0), PROMPT, 1).cachedTokens())
                .isEqualTo(PROMPT);
    }

    private static Tally tally(int cached, int completed, int drafted, int accepted) {
        return new Tally(
                PROMPT,
                cached,
                completed,
                0,
                drafted,
                accepted,
                0,
                Duration.ofMillis(1),
                Duration.ofSeconds(completed));
    }
}
