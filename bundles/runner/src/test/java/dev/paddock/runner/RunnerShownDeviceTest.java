package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control tokens in answers of a real model, which a bias makes it say. */
class RunnerShownDeviceTest {
    private static final String MARK = "<|im_start|>";
    private static final String END = "<|im_end|>";
    private static final int MANY = 40;

    @TempDir
    static Path directory;

    private static RunnerProcess runner;
    private static int[] prompt;
    private static int mark;
    private static long id;

    @BeforeAll
    static void load() throws IOException {
        if (!RealThings.there()) return;
        runner = RunnerProcess.loaded(directory, guessing());
        prompt = runner.tokenize(MARK + "user\nWho are you?" + END + "\n" + MARK + "assistant\n");
        runner.send(new Message.Tokenize(1, MARK, false, true));
        mark = ((Message.Tokens) runner.receive()).tokens()[0];
    }

    /** With guesses ahead, so that most tokens are taken as guessed ones. */
    private static Message.Load guessing() throws IOException {
        Message.Load plain = RunnerProcess.loadOrder(RealThings.MODEL, 2);
        return new Message.Load(
                plain.model(),
                plain.digest(),
                plain.libraries(),
                plain.devices(),
                plain.sizes(),
                "",
                "",
                new Message.Tuning(0, 0, true));
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void end() throws IOException {
        if (runner != null) runner.close();
    }

    @Test
    void itPrintsWhereItIsShownAndNowhereElse() throws IOException {
        Answer hidden = answer(order(100, 3, null, List.of()), 0);
        Answer shown = answer(order(100, 3, null, List.of(MARK)), 0);
        assertThat(hidden.text()).isEmpty();
        assertThat(shown.text()).isEqualTo(MARK.repeat(3));
        assertThat(shown.tokens()).containsExactly(mark, mark, mark).isEqualTo(hidden.tokens());
    }

    @Test
    void likelihoodsTellItsTextEitherWay() throws IOException {
        for (List<String> shown : List.of(List.<String>of(), List.of(MARK))) {
            for (var logprob : answer(order(100, 3, null, shown), 0).logprobs()) {
                assertThat(new String(logprob.bytes(), StandardCharsets.UTF_8)).isEqualTo(MARK);
            }
        }
    }

    @Test
    void guessedTokensPrintToo() throws IOException {
        Answer shown = answer(order(100, MANY, null, List.of(MARK)), 0);
        assertThat(shown.text()).isEqualTo(MARK.repeat(MANY));
        assertThat(shown.end().tally().acceptedTokens()).isPositive();
    }

    @Test
    void theTokenThatEndsTheAnswerAndTextsThatAreNoTokensChangeNothing() throws IOException {
        Answer plain = answer(order(0, MANY, null, List.of()), 0);
        Answer shown = answer(order(0, MANY, null, List.of(END, "Who", "<|nothing|>", "</s>", "\uD83D")), 0);
        assertThat(shown.text()).isEqualTo(plain.text()).isNotEmpty();
        assertThat(shown.tokens()).isEqualTo(plain.tokens());
    }

    @Test
    void aStopTextIsFoundInItWhenItIsShown() throws IOException {
        Answer shown = answer(order(100, 3, "|im_start", List.of(MARK)), 0);
        assertThat(shown.text()).isEqualTo("<");
        assertThat(shown.end().reason()).isEqualTo(StopReason.STOP);
        assertThat(answer(order(100, 3, "|im_start", List.of()), 0).end().reason())
                .isEqualTo(StopReason.LENGTH);
    }

    @Test
    void anAnswerThatGoesOnElsewhereKnowsWhatItShowed() throws IOException {
        String across = MARK + MARK.substring(0, 4);
        GenerationOrder whole = order(100, 3, across, List.of(MARK));
        int[] begun = Arrays.copyOf(prompt, prompt.length + 1);
        begun[prompt.length] = mark;
        Answer resumed = answer(whole.with(begun), 1);
        assertThat(resumed.text())
                .as("the first mark was held back as the stop text's beginning")
                .isEmpty();
        assertThat(resumed.end().reason()).isEqualTo(StopReason.STOP);
        assertThat(resumed.tokens()).containsExactly(mark);
    }

    private static GenerationOrder order(float bias, int most, String stop, List<String> shown) {
        Sampling d = Sampling.GREEDY;
        Sampling sampling = new Sampling(
                0,
                d.temperature(),
                d.cutoffs(),
                d.penalties(),
                d.dry(),
                d.xtc(),
                d.mirostat(),
                List.of(new Sampling.Bias(mark, bias)),
                false);
        Ending ending = new Ending(most, stop == null ? List.of() : List.of(stop), OptionalInt.empty());
        return new GenerationOrder(prompt, sampling, ending, Optional.empty(), 0, List.of(), "", shown);
    }

    private static Answer answer(GenerationOrder order, int resumed) throws IOException {
        id++;
        runner.send(new Message.Generate(id, order, resumed));
        return Answer.one(runner, id);
    }
}
