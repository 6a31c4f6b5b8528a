package dev.paddock.runner.speculate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The drafter in a loop that plays the model: it knows the text and confirms what agrees. */
class NgramDrafterTest {
    private static final long STEP = 1000;

    private final Pace pace = new Pace(true);
    private final NgramDrafter drafter = new NgramDrafter(pace);
    private int guessed;
    private int right;
    private int steps;

    @Test
    void aCopyIsAnsweredInFewerSteps() {
        int[] text = random(1, 300, 5000);
        play(concat(text, text), 300, 100);
        assertThat(right).isGreaterThan(270);
        assertThat(steps).isLessThan(60);
    }

    @Test
    void aCopyWithAWordChangedIsTakenUpAgainBehindIt() {
        int[] text = random(1, 300, 5000);
        int[] copy = text.clone();
        copy[150] = 7;
        play(concat(text, copy), 300, 100);
        assertThat(right).isGreaterThan(255);
    }

    @Test
    void randomTextOfFewTokensIsSoonLeftAlone() {
        int[] text = random(2, 4000, 12);
        play(text, 100, 400);
        assertThat(guessed).isLessThan(600);
        assertThat(steps).isGreaterThan(3300);
    }

    @Test
    void aCopyAfterRandomTextIsNoticedInSilence() {
        int[] text = random(2, 2000, 12);
        play(concat(text, text), 100, 400);
        assertThat(right).isGreaterThan(1500);
    }

    @Test
    void whatIsNotWantedIsNotGuessed() {
        pace.want(false);
        int[] text = random(1, 300, 5000);
        play(concat(text, text), 300, 100);
        assertThat(guessed).isZero();
    }

    private void play(int[] text, int prompt, long nanosOfAFurtherToken) {
        int length = prompt;
        while (length < text.length) {
            int[] guess = drafter.draft(Arrays.copyOf(text, length), length, text.length - length - 1);
            int agreeing = 0;
            while (agreeing < guess.length && guess[agreeing] == text[length + agreeing]) agreeing++;
            if (guess.length > 0) drafter.judged(guess.length, agreeing);
            pace.took(1 + guess.length, STEP + nanosOfAFurtherToken * guess.length);
            guessed += guess.length;
            right += agreeing;
            steps++;
            length += agreeing + 1;
        }
    }

    private static int[] random(long seed, int length, int vocabulary) {
        return new Random(seed).ints(length, 0, vocabulary).toArray();
    }

    private static int[] concat(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
