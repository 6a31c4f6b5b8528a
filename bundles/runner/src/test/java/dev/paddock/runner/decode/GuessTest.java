package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuessTest {
    @Test
    void guessesCountUntilTheFirstWrongOne() {
        Guess guess = new Guess(new int[] {1, 2, 9, 4});
        assertThat(guess.meets(1)).isTrue();
        assertThat(guess.meets(2)).isTrue();
        assertThat(guess.meets(3)).isFalse();
        assertThat(guess.right()).isEqualTo(2);
        assertThat(guess.overhangs()).isTrue();
    }

    @Test
    void afterTheLastRightGuessNothingIsLeftToForget() {
        Guess guess = new Guess(new int[] {1, 2});
        assertThat(guess.meets(1)).isTrue();
        assertThat(guess.meets(2)).isTrue();
        assertThat(guess.meets(3)).isFalse();
        assertThat(guess.overhangs()).isFalse();
    }

    @Test
    void withoutGuessesOneTokenIsChosenAtATime() {
        assertThat(Guess.NONE.meets(7)).isFalse();
        assertThat(Guess.NONE.overhangs()).isFalse();
    }

    @Test
    void whateverIsGuessedTheTextIsTheSameAsWithout() {
        var random = new Random(6);
        for (int round = 0; round < 500; round++) {
            List<Integer> told = new ArrayList<>();
            while (told.size() < 100) {
                // The model: each token follows from all before it. The drafter: right more or less often.
                int[] guesses = new int[random.nextInt(6)];
                List<Integer> ahead = new ArrayList<>(told);
                for (int i = 0; i < guesses.length; i++) {
                    guesses[i] = random.nextInt(3) > 0 ? next(ahead) : random.nextInt(5);
                    ahead.add(guesses[i]);
                }
                Guess guess = new Guess(guesses);
                boolean guessed = true;
                while (guessed) {
                    List<Integer> computed = ahead.subList(0, ahead.size() - guesses.length + guess.right());
                    int token = next(computed);
                    told.add(token);
                    guessed = guess.meets(token);
                }
            }
            List<Integer> plain = new ArrayList<>();
            while (plain.size() < told.size()) plain.add(next(plain));
            assertThat(told).isEqualTo(plain);
        }
    }

    private static int next(List<Integer> before) {
        return Math.floorMod(before.hashCode() * 31 + before.size(), 5);
    }
}
