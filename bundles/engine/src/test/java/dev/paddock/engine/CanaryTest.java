package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final Canary.Rules RULES = new Canary.Rules(0.5, 0.5);

    @Test
    void theSameAnswerPasses() {
        assertPasses(answer(10, token(1, -0.1f), token(2, -0.2f)), answer(9, token(1, -0.2f), token(2, -0.3f)));
    }

    @Test
    void aLikelihoodThatIsFarAwayFails() {
        assertFails(answer(10, token(1, -0.1f)), answer(10, token(1, -0.7f)), "likelihood is 0.600 away");
        assertFails(answer(10, token(1, -0.1f)), answer(10, token(1, Float.NaN)), "no probability");
    }

    @Test
    void aTieMayGoTheOtherWayAndWhatFollowsIsNotCompared() {
        var old = answer(10, token(1, -0.1f), token(2, -0.7f), token(3, -0.1f));
        var fresh = answer(10, token(1, -0.1f), token(9, -0.6f, token(9, -0.6f), token(2, -0.8f)), token(8, -5f));
        assertPasses(old, fresh);
    }

    @Test
    void aTokenThatTheNewOneFindsUnlikelyFails() {
        var old = answer(10, token(2, -0.7f));
        assertFails(old, answer(10, token(9, -0.1f, token(9, -0.1f), token(2, -3f))), "2.90 less likely");
        assertFails(old, answer(10, token(9, -0.1f, token(9, -0.1f))), "not among the 5 likeliest");
        assertFails(old, answer(10), "said nothing");
    }

    @Test
    void whatIsMuchSlowerFailsUnlessSpeedIsNotLookedAt() {
        var old = answer(10, token(1, -0.1f));
        var slow = answer(4, token(1, -0.1f));
        assertFails(old, slow, "too slow: 4.00 tokens/s where the old one makes 10.0");
        assertThat(Canary.judge(old, slow, new Canary.Rules(0.5, 0)).passed()).isTrue();
        assertPasses(old, answer(0, token(1, -0.1f)));
    }

    private static void assertPasses(Canary.Answer old, Canary.Answer fresh) {
        assertThat(Canary.judge(old, fresh, RULES)).matches(Canary.Verdict::passed, "passes");
    }

    private static void assertFails(Canary.Answer old, Canary.Answer fresh, String words) {
        var verdict = Canary.judge(old, fresh, RULES);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).contains(words);
    }

    private static Canary.Answer answer(double speed, Logprob... tokens) {
        return new Canary.Answer(new ArrayList<>(List.of(tokens)), speed);
    }

    private static Logprob token(int id, float value, Logprob... top) {
        return new Logprob(id, new byte[0], value, List.of(top));
    }
}
