package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers under grammars beside others. */
class RunnerGrammarDeviceTest {
    private static final String PROMPT = "<|im_start|>user\nWho are you?<|im_end|>\n<|im_start|>assistant\n";

    @TempDir
    Path directory;

    @Test
    void aGrammarThatLeavesNoTokenCostsItsOwnAnswerOnly() throws IOException {
        RealThings.assumeThere();
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            int[] prompt = runner.tokenize(PROMPT);
            runner.generate(1, prompt, 24);
            String alone = Answer.one(runner, 1).text();
            runner.generate(2, prompt, 24);
            generate(runner, 3, prompt, "root ::= \"a\" []");
            generate(runner, 4, prompt, "root ::= missing");
            generate(runner, 5, prompt, "root ::= \"yes\" | \"no\"");
            Map<Long, Answer> answers = Answer.collect(runner, 4);
            assertThat(answers.get(2L).text()).isEqualTo(alone);
            assertThat(answers.get(3L).failed().code()).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(answers.get(3L).failed().message()).contains("leaves no token");
            assertThat(answers.get(4L).failed().message()).contains("rule \"missing\"");
            assertThat(answers.get(5L).text()).isIn("yes", "no");
        }
    }

    @Test
    void aCancelAndAPlainRequestAreServedWhileGrammarsAreMade() throws IOException {
        RealThings.assumeThere();
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            int[] prompt = runner.tokenize(PROMPT);
            runner.generate(1, prompt, 12);
            String alone = Answer.one(runner, 1).text();
            for (int id = 10; id < 30; id++) generate(runner, id, prompt, LONG);
            runner.generate(2, prompt, 12);
            for (int id = 10; id < 29; id++) runner.send(new Message.Cancel(id));
            Map<Long, Answer> answers = Answer.collect(runner, 21);
            assertThat(answers.get(2L).text()).isEqualTo(alone);
            assertThat(answers.get(29L).text()).startsWith("yes");
            for (long id = 10; id < 29; id++) {
                Answer answer = answers.get(id);
                boolean whole = answer.failed() == null && answer.text().startsWith("yes");
                assertThat(whole || answer.failed().code() == Fault.CANCELLED).isTrue();
            }
        }
    }

    /** Takes a while to read. */
    private static final String LONG = "root ::= \"yes\" end{0,5000}\nend ::= \" \" [a-z]{1,9000}\n";

    @Test
    void grammarPenaltiesAndLikelihoodsGoTogetherBesideAPlainStream() throws IOException {
        RealThings.assumeThere();
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 4)) {
            int[] prompt = runner.tokenize(PROMPT);
            runner.generate(1, prompt, 24);
            String alone = Answer.one(runner, 1).text();
            runner.generate(1, prompt, 24);
            for (int id = 2; id < 5; id++) likely(runner, id, prompt);
            Map<Long, Answer> answers = Answer.collect(runner, 4);
            assertThat(answers.get(1L).text()).isEqualTo(alone);
            for (long id = 2; id < 5; id++) {
                Answer answer = answers.get(id);
                assertThat(answer.failed()).isNull();
                assertThat(answer.text()).matches("\\{\"a\": ?\\[([0-9]{1,3}(, ?[0-9]{1,3}){0,4})?]}");
                assertThat(answer.logprobs()).hasSameSizeAs(answer.tokens());
                for (int i = 0; i < answer.tokens().length; i++)
                    check(answer.logprobs().get(i), answer.tokens()[i]);
            }
        }
    }

    @Test
    void likelihoodsOfAGreedyStreamAreOfTheChosenTokens() throws IOException {
        RealThings.assumeThere();
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 2)) {
            int[] prompt = runner.tokenize(PROMPT);
            var order = new GenerationOrder(
                    prompt, Sampling.GREEDY, Ending.after(16), Optional.empty(), TOP, List.of(), "");
            runner.send(new Message.Generate(1, order, 0));
            Answer answer = Answer.one(runner, 1);
            assertThat(answer.logprobs()).hasSameSizeAs(answer.tokens());
            for (int i = 0; i < answer.tokens().length; i++) {
                Logprob logprob = answer.logprobs().get(i);
                check(logprob, answer.tokens()[i]);
                assertThat(logprob.top().getFirst().token()).as("greedy").isEqualTo(answer.tokens()[i]);
                assertThat(logprob.value()).isEqualTo(logprob.top().getFirst().value());
            }
        }
    }

    private static final int TOP = 5;

    private static void check(Logprob logprob, int token) {
        assertThat(logprob.token()).isEqualTo(token);
        assertThat(logprob.top()).hasSize(TOP);
        double sum = 0;
        for (Logprob other : logprob.top()) sum += Math.exp(other.value());
        boolean among = logprob.top().stream().anyMatch(other -> other.token() == token);
        if (!among) {
            assertThat(logprob.value())
                    .isLessThanOrEqualTo(logprob.top().getLast().value());
            sum += Math.exp(logprob.value());
        }
        assertThat(sum).isPositive().isLessThan(1 + 1e-4);
        assertThat(logprob.top()).isSortedAccordingTo((a, b) -> Float.compare(b.value(), a.value()));
    }

    /** A JSON answer with DRY, penalties and chance. */
    private static void likely(RunnerProcess runner, long id, int[] prompt) throws IOException {
        var sampling = new Sampling(
                id,
                Sampling.Temperature.of(1.5f),
                Sampling.Cutoffs.OFF,
                new Sampling.Penalties(64, 1.2f, 0.3f, 0.3f),
                new Sampling.Dry(1, 1.75f, 2, -1, List.of("\n", ":", "\"")),
                Sampling.Xtc.OFF,
                Sampling.Mirostat.OFF,
                List.of(),
                false);
        String json = "root ::= \"{\\\"a\\\":\" \" \"? \"[\" (n (\",\" \" \"? n){0,4})? \"]}\"\nn ::= [0-9]{1,3}\n";
        var order = new GenerationOrder(prompt, sampling, Ending.after(60), Optional.of(json), TOP, List.of(), "");
        runner.send(new Message.Generate(id, order, 0));
    }

    private static void generate(RunnerProcess runner, long id, int[] prompt, String grammar) throws IOException {
        var order =
                new GenerationOrder(prompt, Sampling.GREEDY, Ending.after(24), Optional.of(grammar), -1, List.of(), "");
        runner.send(new Message.Generate(id, order, 0));
    }
}
