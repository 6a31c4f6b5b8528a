package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtWatchTest {
    private static ThoughtWatch watch(String prompt) {
        boolean opened = prompt.stripTrailing().endsWith(TagFormat.MARKS.open());
        return new ThoughtWatch(TagFormat.MARKS, prompt, new TagReader(opened));
    }

    /** Character by character; gives I for inside, O for over, - for neither, of each. */
    private static String states(ThoughtWatch watch, String text) {
        StringBuilder states = new StringBuilder();
        for (char c : text.toCharArray()) {
            watch.take(String.valueOf(c));
            states.append(watch.inside() ? 'I' : watch.over() ? 'O' : '-');
        }
        return states.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `user:`         | `hello`                   | `OOOOO`
            `user:`         | `  <think>a</think>b`     | `--------IIIIIIIIIOO`
            `user:`         | `<thing>`                 | `-----OO`
            `user:<think>`  | `a</think>b`              | `IIIIIIIIOO`
            `user:<think>`  | `a</thing></think>`       | `IIIIIIIIIIIIIIIIO`
            `user:<think>`  | `a<call>b`                | `IIIIIIOO`
            `user:<think> ` | `</think>`                | `IIIIIIIO`
            """)
    void itKnowsWhereThoughtsBeginAndEnd(String prompt, String text, String states) {
        assertThat(states(watch(prompt), text)).isEqualTo(states);
    }

    @Test
    void aWholeAnswerInOnePieceIsOverAtOnce() {
        var watch = watch("user:");
        watch.take("<think>a</think>b");
        assertThat(watch.over()).isTrue();
    }

    @Test
    void whatMayBeTheEndIsKnownAsSuch() {
        var watch = watch("<think>");
        watch.take("a </thi");
        assertThat(watch.mayClose()).isTrue();
        watch.take("s");
        assertThat(watch.mayClose()).isFalse();
        assertThat(watch.inside()).isTrue();
    }

    @Test
    void theParserMayKnowOfThoughtsThatThePromptDoesNotEndWith() {
        var watch = new ThoughtWatch(TagFormat.MARKS, "<think>\nAs I said, ", new TagReader(true));
        watch.take("we go on");
        assertThat(watch.inside()).isTrue();
    }
}
