package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import example.brackets.BracketsFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format that the page on writing formats shows: it works, needs the api alone, and the page shows it as it is. */
class SampleFormatTest {
    private static final Path SOURCE = Path.of("src/test/java/example/brackets/BracketsFormat.java");
    private static final Path PAGE = Path.of("../../docs/write-a-chat-format.md");

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            [[Two and two.]]Four. # [T]Two and two.[C]Four.
            [[a]b]]c]]            # [T]a]b[C]c]]
            [[never closed]       # [T]never closed]
            [                     # [C][
            [one] [[two]]         # [C][one] [[two]]
            [[]]Four.             # [C]Four.
            """)
    void answersAreReadInWhateverPiecesTheyCome(String answer, String expected) {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
        var random = new Random(3);
        for (int i = 0; i < 100; i++) {
            var parser = new BracketsFormat().parser(new AnswerStart(signs, "", List.of()));
            var read = Answers.feed(parser, Answers.cut(answer, random, 1 + i % 9));
            Answers.checkRules(read);
            assertThat(Answers.shown(read)).isEqualTo(expected);
        }
    }

    @Test
    void thePageShowsIt() throws IOException {
        assertThat(Files.readString(PAGE)).contains("```java\n" + Files.readString(SOURCE) + "```");
    }

    @Test
    void itNeedsTheApiAlone() throws IOException {
        assertThat(Files.readString(SOURCE)).doesNotContain("import dev.paddock.prompt");
    }
}
