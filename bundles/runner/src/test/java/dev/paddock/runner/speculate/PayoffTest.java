package dev.paddock.runner.speculate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayoffTest {
    private final Pace pace = new Pace(true);
    private final Payoff payoff = new Payoff(pace);

    @Test
    void cheapTokensThatAreAlwaysRightAreGuessedInFull() {
        costs(1000, 100);
        for (int i = 0; i < 20; i++) payoff.judged(8, 8);
        assertThat(payoff.places(16, 0)).isEqualTo(15);
        assertThat(payoff.places(3, 0)).isEqualTo(3);
    }

    @Test
    void guessesThatAreMostlyWrongStop() {
        costs(1000, 300);
        for (int i = 0; i < 20; i++) payoff.judged(4, 0);
        assertThat(payoff.places(16, 0)).isZero();
    }

    @Test
    void onlyPlacesThatPayAreGuessed() {
        costs(1000, 300);
        for (int i = 0; i < 30; i++) payoff.judged(8, 2);
        assertThat(payoff.places(16, 0)).isEqualTo(2);
    }

    @Test
    void whereEachTokenCostsAStepNothingIsGuessed() {
        costs(1000, 1000);
        for (int i = 0; i < 20; i++) payoff.judged(8, 8);
        assertThat(payoff.places(16, 0)).isZero();
    }

    @Test
    void manyBusySequencesLeaveLessToGain() {
        pace.took(1, 1000);
        pace.took(8, 1000);
        for (int tokens = 9; tokens <= 32; tokens++) took(tokens, 1000 + 400L * (tokens - 8));
        for (int i = 0; i < 20; i++) payoff.judged(16, 16);
        assertThat(payoff.places(7, 0)).isEqualTo(7);
        pace.busy(8);
        assertThat(payoff.places(7, 0)).isZero();
    }

    @Test
    void aGuessThatIsDearToMakeMustEarnIt() {
        costs(1000, 50);
        for (int i = 0; i < 20; i++) payoff.judged(8, 8);
        assertThat(payoff.places(8, 100)).isEqualTo(8);
        assertThat(payoff.places(8, 2000)).isZero();
    }

    @Test
    void nowAndThenItTriesAgainAndEverMoreRarely() {
        costs(1000, 1000);
        int first = refusalsUntilATry();
        int second = refusalsUntilATry();
        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void shortAnswersTryAgainTogether() {
        costs(1000, 1000);
        int tried = 0;
        for (int answer = 0; answer < 20; answer++) {
            Payoff brief = new Payoff(pace);
            for (int i = 0; i < 10; i++) tried += brief.places(16, 0);
        }
        assertThat(tried).isPositive();
    }

    @Test
    void anAnswerBeginsWithWhatOthersLearned() {
        costs(1000, 400);
        for (int i = 0; i < 40; i++) payoff.judged(8, 0);
        assertThat(new Payoff(pace).places(16, 0)).isZero();
        for (int i = 0; i < 40; i++) payoff.judged(8, 8);
        assertThat(new Payoff(pace).places(16, 0)).isGreaterThan(4);
    }

    @Test
    void nothingIsGuessedWhenNotWanted() {
        costs(1000, 0);
        pace.want(false);
        assertThat(payoff.places(16, 0)).isZero();
    }

    private int refusalsUntilATry() {
        int refusals = 0;
        while (payoff.places(16, 0) == 0) refusals++;
        return refusals;
    }

    private void costs(long first, long further) {
        for (int tokens = 1; tokens <= 40; tokens++) took(tokens, first + further * (tokens - 1));
    }

    private void took(int tokens, long nanos) {
        for (int i = 0; i < 40; i++) pace.took(tokens, nanos);
    }
}
