package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LikelihoodsTest {
    @Test
    void logitsBecomeProbabilities() {
        var likelihoods = new Likelihoods(0);
        likelihoods.read(new float[] {(float) Math.log(1), (float) Math.log(2), (float) Math.log(5)});
        assertThat(Math.exp(likelihoods.logarithm((float) Math.log(2)))).isCloseTo(0.25, within(1e-6));
        assertThat(likelihoods.best()).isEmpty();
    }

    @Test
    void theBestComeFirstAndOfEqualsTheLowerNumber() {
        var likelihoods = new Likelihoods(3);
        likelihoods.read(new float[] {1, 4, 2, 4, 3, 0});
        assertThat(likelihoods.best()).containsExactly(1, 3, 4);
        likelihoods.read(new float[] {7, 4, 2, 4, 3, 9});
        assertThat(likelihoods.best()).containsExactly(5, 0, 1);
    }

    @Test
    void aCertainTokenHasProbabilityOne() {
        var likelihoods = new Likelihoods(1);
        likelihoods.read(new float[] {1e30f, 0, Float.NEGATIVE_INFINITY});
        assertThat(likelihoods.logarithm(1e30f)).isZero();
        assertThat(likelihoods.best()).containsExactly(0);
    }
}
