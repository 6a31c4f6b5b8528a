package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        assertThat(stops.stop()).isEmpty();
        assertThat(stops.append("er: me")).isEmpty();
        assertThat(stops.found()).isTrue();
        assertThat(stops.stop()).isEqualTo("\nUser:");
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
        assertThat(stops.stop()).isEqualTo("arly");
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void ofThoseThatEndTogetherTheLongestIsNamed() {
        StopTexts stops = new StopTexts(List.of("b", "ab", "xb"));
        assertThat(stops.append("cab")).isEqualTo("c");
        assertThat(stops.stop()).isEqualTo("ab");
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

    @Test
    @Timeout(10)
    void longTextsThatAlmostComeCostNoTime() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 63; i++) texts.add("a".repeat(2000 + i) + "b");
        texts.add("a".repeat(4095) + "c");
        StopTexts stops = new StopTexts(texts);
        int given = 0;
        for (int i = 0; i < 20_000; i++) given += stops.append("aaa").length();
        assertThat(given).isEqualTo(60_000 - 4095);
        assertThat(stops.append("c")).isEmpty();
        assertThat(stops.found()).isTrue();
    }

    @Test
    void howTheTextIsCutMakesNoDifference() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            List<String> texts = List.of(word(random, 4), word(random, 3), word(random, 6));
            String text = word(random, 60);
            StopTexts singly = new StopTexts(texts);
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < text.length(); i++) one.append(singly.append(text.substring(i, i + 1)));
            one.append(singly.rest());
            StopTexts together = new StopTexts(texts);
            String all = together.append(text);
            assertThat(all + together.rest()).isEqualTo(one.toString());
            int end = text.length();
            for (int i = 1; i <= text.length() && end == text.length(); i++) {
                for (String stop : texts)
                    if (text.startsWith(stop, i - stop.length())) end = Math.min(end, i - stop.length());
            }
            assertThat(one).hasToString(text.substring(0, end));
        }
    }

    private static String word(Random random, int most) {
        StringBuilder word = new StringBuilder();
        for (int length = 1 + random.nextInt(most); length > 0; length--) word.append((char) ('a' + random.nextInt(2)));
        return word.toString();
    }
}
