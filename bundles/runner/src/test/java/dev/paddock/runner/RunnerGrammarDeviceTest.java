package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
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

    private static void generate(RunnerProcess runner, long id, int[] prompt, String grammar) throws IOException {
        var order =
                new GenerationOrder(prompt, Sampling.GREEDY, Ending.after(24), Optional.of(grammar), -1, List.of(), "");
        runner.send(new Message.Generate(id, order, 0));
    }
}
