package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final long MILLI = 1_000_000;

    /** A piece each 10 ms from the first on. */
    private static Sample sample(long firstMilli, int pieces, long tokens) {
        List<Long> arrivals = LongStream.range(0, pieces)
                .mapToObj(i -> (firstMilli + 10 * i) * MILLI)
                .toList();
        return new Sample(Ending.DONE, "", 0, arrivals, 100, tokens);
    }

    private static Sample refused(String message) {
        return new Sample(Ending.REFUSED, message, 0, List.of(), 0, 0);
    }

    @Test
    void oneClientDecodesFromItsFirstPieceToItsLast() {
        Turn turn = new Turn(1, List.of(sample(200, 11, 11)), 0, 400 * MILLI);
        assertThat(turn.promptSpeed()).hasValue(500);
        assertThat(turn.decodeSpeed()).hasValue(100);
        assertThat(turn.totalSpeed()).hasValue(27.5);
        assertThat(turn.firstMillis()).containsExactly(200.0);
        assertThat(turn.gapMillis()).hasSize(10).containsOnly(10.0);
    }

    @Test
    void severalClientsCountWhereAllAreAnswered() {
        Turn turn = new Turn(2, List.of(sample(100, 21, 21), sample(200, 21, 21)), 0, 400 * MILLI);
        assertThat(turn.decodeSpeed()).as("two streams from 200 to 300 ms").hasValue(200);
        assertThat(turn.promptSpeed()).hasValue(1000);
    }

    @Test
    void aPieceOfTwoTokensCountsTwice() {
        Turn turn = new Turn(1, List.of(sample(200, 11, 22)), 0, 400 * MILLI);
        assertThat(turn.decodeSpeed()).hasValue(200);
    }

    @Test
    void clientsThatAreAnsweredOneAfterTheOtherHaveNoCommonSpeed() {
        Turn turn = new Turn(2, List.of(sample(100, 5, 5), sample(500, 5, 5)), 0, 600 * MILLI);
        assertThat(turn.decodeSpeed()).isEmpty();
        assertThat(turn.totalSpeed()).isPresent();
    }

    @Test
    void aTurnInWhichOneFailedHasNoSpeedOfAll() {
        Turn turn = new Turn(2, List.of(sample(100, 5, 5), refused("HTTP 503: full")), 0, 600 * MILLI);
        assertThat(turn.decodeSpeed()).isEmpty();
        assertThat(turn.firstMillis()).hasSize(1);
        assertThat(new Turn(1, List.of(refused("x")), 0, MILLI).totalSpeed()).isEmpty();
    }

    @Test
    void failuresAreCountedByTheirKind() {
        Sample silent = new Sample(Ending.DONE, "", 0, List.of(), 5, 0);
        Turn turn = new Turn(4, List.of(refused("a"), refused("b"), silent, sample(100, 5, 5)), 0, MILLI);
        Level level = new Level(4, List.of(turn), List.of());
        assertThat(level.requests()).isEqualTo(4);
        assertThat(level.failed())
                .containsEntry(Ending.REFUSED, new Level.Failed(2, "a"))
                .containsEntry(Ending.CUT, new Level.Failed(1, "the answer has no text"))
                .hasSize(2);
    }

    @Test
    void figuresOfALevelAreMediansOfItsTurns() {
        List<Turn> turns = List.of(
                new Turn(1, List.of(sample(100, 11, 11)), 0, 400 * MILLI),
                new Turn(1, List.of(sample(200, 11, 11)), 0, 400 * MILLI),
                new Turn(1, List.of(sample(400, 11, 11)), 0, 600 * MILLI));
        Level level = new Level(1, turns, List.of(new RawLoop.Speeds(1000, 200), new RawLoop.Speeds(2000, 400)));
        assertThat(level.promptSpeed()).hasValue(500);
        assertThat(level.rawPromptSpeed()).hasValue(1500);
        assertThat(Level.ratio(level.promptSpeed(), level.rawPromptSpeed()).orElseThrow())
                .isCloseTo(1 / 3.0, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(level.rawDecodeSpeed()).hasValue(300);
    }
}
