package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Tally;
import dev.paddock.gguf.random.RandomModel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guesses change how fast an answer comes, never the answer. */
class SpeculationDeviceTest {
    private static final String WORDS = "apple river quiet stone garden yellow lantern whisper copper mountain silver "
            + "bridge ocean maple candle thunder velvet harbor";
    private static final String QUESTION = "<|im_start|>user\nRepeat: %s<|im_end|>\n<|im_start|>assistant\n";
    private static final int LENGTH = 100;

    @TempDir
    Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void aCopyIsTheSameWithAndWithoutGuesses() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order(""))) {
            int[] prompt = runner.tokenize(QUESTION.formatted(WORDS));
            Answer guessed = answer(runner, 1, prompt);
            runner.send(new Message.Tune(Message.Tuning.PLAIN));
            Answer plain = answer(runner, 2, prompt);
            assertThat(guessed.tokens()).isEqualTo(plain.tokens()).hasSize(LENGTH);
            assertThat(guessed.text()).isEqualTo(plain.text()).contains("lantern whisper copper mountain");
            Tally tally = guessed.end().tally();
            assertThat(tally.acceptedTokens()).isGreaterThan(LENGTH / 3).isLessThanOrEqualTo(tally.draftedTokens());
            assertThat(plain.end().tally().draftedTokens()).isZero();
        }
    }

    @Test
    void aCopyWithAWordChangedIsTheSameWithAndWithoutGuesses() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order(""))) {
            int[] prompt = runner.tokenize(QUESTION.formatted(WORDS) + "apple river quiet forest garden");
            Answer guessed = answer(runner, 1, prompt);
            runner.send(new Message.Tune(Message.Tuning.PLAIN));
            assertThat(guessed.tokens()).isEqualTo(answer(runner, 2, prompt).tokens());
            assertThat(guessed.end().tally().acceptedTokens()).isGreaterThan(LENGTH / 3);
        }
    }

    @Test
    void streamsThatGuessSideBySideDoNotDisturbEachOther() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order(""))) {
            Map<Long, int[]> alone = new HashMap<>();
            String[] words = WORDS.split(" ");
            for (int i = 0; i < 4; i++) {
                String turned = String.join(" ", words[3 * i], words[3 * i + 1], words[3 * i + 2], WORDS);
                alone.put((long) i + 1, runner.tokenize(QUESTION.formatted(turned)));
            }
            Map<Long, int[]> answers = new HashMap<>();
            for (var entry : alone.entrySet()) {
                answers.put(
                        entry.getKey(),
                        answer(runner, entry.getKey(), entry.getValue()).tokens());
            }
            for (var entry : alone.entrySet()) runner.generate(entry.getKey(), entry.getValue(), LENGTH);
            Map<Long, Answer> together = Answer.collect(runner, alone.size());
            for (var entry : answers.entrySet()) {
                assertThat(together.get(entry.getKey()).tokens()).isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void aDraftModelGuessesAndChangesNothing() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order(RealThings.MODEL.toString()))) {
            int[] prompt = runner.tokenize(QUESTION.formatted(WORDS));
            Answer guessed = answer(runner, 1, prompt);
            runner.send(new Message.Tune(Message.Tuning.PLAIN));
            Answer plain = answer(runner, 2, prompt);
            assertThat(runner.draftRefusal()).isEmpty();
            assertThat(guessed.tokens()).isEqualTo(plain.tokens());
            assertThat(guessed.end().tally().acceptedTokens()).isPositive();
            assertThat(plain.end().tally().draftedTokens()).isZero();
        }
    }

    @Test
    void aModelAnswersWithoutADraftModelThatCannotBeUsedAndSaysWhy() throws IOException {
        Path other = directory.resolve("other.gguf");
        RandomModel.write("0.1b", "q4_0", 1, other);
        assertThat(answeredWithout(other)).contains("must have the same tokens");
        assertThat(answeredWithout(directory.resolve("missing.gguf"))).contains("cannot be loaded");
    }

    private String answeredWithout(Path draft) throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order(draft.toString()))) {
            assertThat(answer(runner, 1, runner.tokenize(QUESTION.formatted(WORDS)))
                            .text())
                    .contains("lantern whisper copper mountain");
            return runner.draftRefusal();
        }
    }

    private static Answer answer(RunnerProcess runner, long id, int[] prompt) throws IOException {
        runner.generate(id, prompt, LENGTH);
        return Answer.one(runner, id);
    }

    private static Message.Load order(String draft) throws IOException {
        Message.Load plain = RunnerProcess.loadOrder(RealThings.MODEL, 4);
        return new Message.Load(
                plain.model(),
                plain.digest(),
                plain.libraries(),
                plain.devices(),
                plain.sizes(),
                draft,
                "",
                new Message.Tuning(0, 0, true));
    }
}
