package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that want more than there is cost nobody the runner. It has the heap that the engine gives it. */
@Timeout(180)
class HostileDeviceTest {
    @TempDir
    Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void textsOfMegabytesAreTokenizedOrRefused() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            for (int id = 1; id <= 4; id++) {
                runner.send(new Message.Tokenize(id, "\u20acx9!".repeat((15 << 20) / 6), false, false));
            }
            for (int id = 1; id <= 4; id++) assertThat(runner.receive()).isNotNull();
            assertThat(runner.tokenize("still there")).isNotEmpty();
        }
    }

    @Test
    void grammarsThatRememberEverythingEndTheirAnswersOnly() throws IOException {
        StringBuilder grammar = new StringBuilder("root ::= \"\"");
        for (char c = ' '; c <= '~'; c++) {
            if (c == 'e' || c == ' ') continue; // so that words are refused, and all others looked at
            String one = String.format("\\x%02x", (int) c);
            grammar.append(" | \"").append(one).append("\" root \"").append(one).append('"');
        }
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            int[] prompt = runner.tokenize("Once upon a time");
            runner.generate(9, prompt, 24);
            String alone = Answer.one(runner, 9).text();
            for (int id = 1; id <= 3; id++) generate(runner, id, prompt, 200, grammar.toString());
            runner.generate(4, prompt, 24);
            Map<Long, Answer> answers = Answer.collect(runner, 4);
            assertThat(answers.get(4L).text()).isEqualTo(alone);
        }
    }

    @Test
    void largeGrammarsAreReadOrRefused() throws IOException {
        String grammar = "root ::= " + "[a-z]{0,9900} ".repeat(10);
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            int[] prompt = runner.tokenize("Once upon a time");
            for (int id = 1; id <= 4; id++) generate(runner, id, prompt, 8, grammar);
            Map<Long, Answer> answers = Answer.collect(runner, 4);
            assertThat(answers).hasSize(4);
        }
    }

    private static void generate(RunnerProcess runner, long id, int[] prompt, int tokens, String grammar)
            throws IOException {
        var order = new GenerationOrder(
                prompt, Sampling.GREEDY, Ending.after(tokens), Optional.of(grammar), -1, List.of(), "");
        runner.send(new Message.Generate(id, order, 0));
    }
}
