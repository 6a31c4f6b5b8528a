package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void withoutStopTextsAllPassesAtOnce() {
        StopTexts stops = new StopTexts(List.of());
        assertThat(stops.append("anything")).isEqualTo("anything");
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void aStopTextInPiecesIsNeverSeen() {
        StopTexts stops = new StopTexts(List.of("\nUser:"));
        assertThat(stops.append("hello\n")).isEqualTo("hello");
        assertThat(stops.append("Us")).isEmpty();
        assertThat(stops.append("er: me")).isEmpty();
        assertThat(stops.found()).isTrue();
    }

    @Test
    void whatTurnsOutToBeNoneIsGivenAfterAll() {
        StopTexts stops = new StopTexts(List.of("abc"));
        assertThat(stops.append("xab")).isEqualTo("x");
        assertThat(stops.append("abd")).isEqualTo("ababd");
        assertThat(stops.found()).isFalse();
    }

    @Test
    void theEarliestOfSeveralCounts() {
        StopTexts stops = new StopTexts(List.of("late", "arly"));
        assertThat(stops.append("so early, not late")).isEqualTo("so e");
        assertThat(stops.found()).isTrue();
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void overlappingBeginningsAreHeldBackAtTheirLongest() {
        StopTexts stops = new StopTexts(List.of("aab", "ab!"));
        assertThat(stops.append("aaa")).isEqualTo("a");
        assertThat(stops.append("b")).isEmpty();
        assertThat(stops.found()).isTrue();
    }

    @Test
    void atTheEndNothingHeldBackIsLost() {
        StopTexts stops = new StopTexts(List.of("END"));
        assertThat(stops.append("the EN")).isEqualTo("the ");
        assertThat(stops.rest()).isEqualTo("EN");
    }
}
