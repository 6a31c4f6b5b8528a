package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftTest {
    @Test
    void aFullContextDropsHalfOfWhatIsNotKept() {
        Shift shift = new Shift(20, 100);
        assertThat(shift.dropped(99)).isZero();
        assertThat(shift.dropped(100)).isEqualTo(40);
    }

    @Test
    void whatIsTakenUpLaterDropsWhatWouldHaveBeenDroppedOnTheWay() {
        var random = new Random(4);
        for (int round = 0; round < 1000; round++) {
            int context = 16 + random.nextInt(200);
            Shift shift = new Shift(random.nextInt(context - Shift.LEAST_ROOM), context);
            int length = context - 1;
            int total = length;
            for (int token = 0; token < 1000; token++) {
                length++;
                total++;
                length -= shift.dropped(length);
                assertThat(length).isLessThan(context);
                assertThat(total - shift.dropped(total)).isEqualTo(length);
            }
        }
    }

    @Test
    void aTrackForgetsTheDroppedAndKeepsThePromptOfTheOrder() {
        int[] prompt = {1, 2, 3, 4, 5, 6};
        Track track = new Track(prompt);
        track.computed(5);
        track.drop(1, 2);
        assertThat(track.length()).isEqualTo(4);
        assertThat(track.computed()).isEqualTo(3);
        assertThat(track.tokens()).startsWith(1, 4, 5, 6);
        track.append(7);
        assertThat(track.token(4)).isEqualTo(7);
        assertThat(prompt).containsExactly(1, 2, 3, 4, 5, 6);
    }
}
