package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromptsTest {
    @Test
    void promptsDoNotShareABeginning() {
        Prompts prompts = new Prompts(1);
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String[] words = prompts.next(20).split(" ", -1);
            assertThat(words).hasSize(20);
            beginnings.add(String.join(" ", java.util.Arrays.asList(words).subList(0, 8)));
        }
        assertThat(beginnings).hasSize(200);
        assertThat(new Prompts(2).next(50)).isNotEqualTo(new Prompts(1).next(50));
    }

    @Test
    void twoPromptsTellHowManyWordsMakeTheTokens() {
        PromptLength length = PromptLength.of(32, 32 * 2 + 10, 96, 96 * 2 + 10);
        assertThat(length).isEqualTo(new PromptLength(10, 2));
        assertThat(length.words(510)).isEqualTo(250);
        assertThat(length.words(1)).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotCountIsGivenAWordForAToken() {
        assertThat(PromptLength.of(32, 0, 96, 0)).isEqualTo(PromptLength.UNKNOWN);
        assertThat(PromptLength.of(32, 50, 96, 50)).isEqualTo(PromptLength.UNKNOWN);
        assertThat(PromptLength.UNKNOWN.words(512)).isEqualTo(512);
    }
}
