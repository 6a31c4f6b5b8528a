package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One runner process with four places, asked all kinds of things. */
@Timeout(120)
class RunnerDeviceTest {
    private static final int PARALLEL = 4;
    private static final String PROMPT = "<|im_start|>user\nWho are you?<|im_end|>\n<|im_start|>assistant\n";

    @TempDir
    static Path directory;

    private static RunnerProcess runner;

    @BeforeAll
    static void start() throws IOException {
        if (RealThings.there()) runner = RunnerProcess.loaded(directory, PARALLEL);
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void stop() throws IOException {
        if (runner != null) runner.close();
    }

    @Test
    void itReportsWhatItLoaded() {
        RunnerFacts facts = runner.facts();
        assertThat(facts.backend()).matches("CPU( \\(.+\\))?");
        assertThat(facts.engineVersion()).startsWith("0.");
        assertThat(facts.contextLength()).isBetween(64, 2048);
        assertThat(facts.batch()).isEqualTo(256);
        assertThat(facts.parallel()).isEqualTo(PARALLEL);
        assertThat(facts.threads()).isEqualTo(1);
        assertThat(facts.vocabulary()).isGreaterThan(256);
        assertThat(facts.eosToken()).isNotEmpty();
        assertThat(facts.memoryBytes()).isGreaterThan(1 << 20);
        assertThat(facts.gpuBytes()).isZero();
    }

    @Test
    void textSurvivesTokensAndBack() throws IOException {
        String text = "Grüße, 🐴! 日本語\n\ttabs\u0000end <|im_end|>";
        runner.send(new Message.Tokenize(1, text, false, false));
        int[] tokens = ((Message.Tokens) runner.receive()).tokens();
        assertThat(tokens).isNotEmpty();
        runner.send(new Message.Detokenize(2, tokens));
        assertThat(((Message.Text) runner.receive()).text()).isEqualTo(text);
    }

    @Test
    void controlTokensAreReadOnlyWhenAskedFor() throws IOException {
        runner.send(new Message.Tokenize(1, "<|im_end|>", false, true));
        assertThat(((Message.Tokens) runner.receive()).tokens()).hasSize(1);
        runner.send(new Message.Tokenize(2, "<|im_end|>", false, false));
        assertThat(((Message.Tokens) runner.receive()).tokens()).hasSizeGreaterThan(1);
    }

    @Test
    void aLongTextIsTokenized() throws IOException {
        String text = "z\uFFFFq".repeat(20_000);
        assertThat(runner.tokenize(text).length).isGreaterThan(20_000);
    }

    @Test
    void anAnswerTooLongForAMessageFailsThatRequestOnly() throws IOException {
        int[] tokens = new int[4_000_000];
        Arrays.fill(tokens, runner.tokenize("<|im_end|>")[0]);
        runner.send(new Message.Detokenize(3, tokens));
        assertThat(((Message.Failed) runner.receive()).message()).contains("too long");
        assertThat(runner.tokenize("hello")).isNotEmpty();
    }

    @Test
    void greedyIsWhatAPlainDecodeGives() throws Exception {
        Path prompt = Files.writeString(directory.resolve("prompt"), PROMPT);
        Path output = directory.resolve("plain");
        Process plain = RunnerProcess.java(
                output,
                "complete",
                "--libs",
                RealThings.NATIVES.toString(),
                "--backend",
                String.join(",", RealThings.cpuVariants()),
                "--model",
                RealThings.MODEL.toString(),
                "--prompt-file",
                prompt.toString(),
                "--predict",
                "48",
                "--threads",
                "1");
        assertThat(plain.waitFor(60, TimeUnit.SECONDS)).isTrue();
        runner.generate(10, runner.tokenize(PROMPT), 48);
        assertThat(Answer.one(runner, 10).text()).isNotEmpty().isEqualTo(Files.readString(output));
    }

    @Test
    void severalAtOnceAnswerAsEachAlone() throws IOException {
        List<int[]> prompts = List.of(
                prompt("Who are you?"),
                prompt("hello"),
                prompt("2+3"),
                prompt("What is Paddock?"),
                prompt("good morning"),
                prompt("Say: a b c"));
        String[] alone = new String[prompts.size()];
        for (int i = 0; i < alone.length; i++) {
            runner.generate(i, prompts.get(i), 24);
            alone[i] = Answer.one(runner, i).text();
        }
        for (int i = 0; i < alone.length; i++) runner.generate(i, prompts.get(i), 24);
        Map<Long, Answer> together = Answer.collect(runner, alone.length);
        for (int i = 0; i < alone.length; i++)
            assertThat(together.get((long) i).text()).isEqualTo(alone[i]);
    }

    @Test
    void theEndCountsTokensAndTime() throws IOException {
        int[] prompt = prompt("hello");
        runner.generate(20, prompt, 5);
        Answer answer = Answer.one(runner, 20);
        assertThat(answer.end().tally().promptTokens()).isEqualTo(prompt.length);
        assertThat(answer.end().tally().completionTokens())
                .isEqualTo(answer.tokens().length)
                .isLessThanOrEqualTo(5);
        assertThat(answer.end().tally().promptTime()).isPositive();
    }

    @Test
    void aFullContextIsTheEnd() throws IOException {
        int length = runner.facts().contextLength();
        int[] prompt = new int[length - 3];
        Arrays.fill(prompt, prompt("a")[0]);
        runner.generate(30, prompt, -1);
        Answer answer = Answer.one(runner, 30);
        assertThat(answer.end()).isNotNull();
        if (answer.end().reason() == StopReason.LENGTH)
            assertThat(answer.tokens()).hasSize(3);
    }

    @Test
    void aStopTextEndsTheAnswerAndIsNoPartOfIt() throws IOException {
        int[] prompt = prompt("hello");
        runner.generate(40, prompt, 30);
        String whole = Answer.one(runner, 40).text();
        String stop = whole.substring(whole.length() / 2, Math.min(whole.length(), whole.length() / 2 + 3));
        runner.generate(41, prompt, 30, "never to be seen", stop);
        Answer stopped = Answer.one(runner, 41);
        assertThat(stopped.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(stopped.end().reason()).isEqualTo(StopReason.STOP);
    }

    @Test
    void aSeedDecidesWhatIsRandom() throws IOException {
        int[] prompt = prompt("hello");
        var sampling = new Sampling(
                42,
                Sampling.Temperature.of(1.5f),
                new Sampling.Cutoffs(50, 0.95f, 0.01f, 0.99f, -1f),
                new Sampling.Penalties(-1, 1.1f, 0.1f, 0.1f));
        for (long id = 50; id < 52; id++) runner.generate(id, prompt, sampling, Ending.after(20));
        Map<Long, Answer> answers = Answer.collect(runner, 2);
        assertThat(answers.get(50L).failed()).isNull();
        assertThat(answers.get(50L).tokens()).isEqualTo(answers.get(51L).tokens());
    }

    @Test
    void cancellingFreesThePlaceAndTheOthersGoOn() throws IOException {
        int[] prompt = prompt("hello");
        for (long id = 60; id < 66; id++) {
            runner.generate(id, prompt, 200); // four run, two wait
        }
        runner.send(new Message.Cancel(60));
        runner.send(new Message.Cancel(65));
        Map<Long, Answer> answers = Answer.collect(runner, 6);
        for (long id = 60; id < 66; id++) {
            Answer answer = answers.get(id);
            if (id == 65) {
                assertThat(answer.failed().code()).isEqualTo(Fault.CANCELLED);
                assertThat(answer.tokens()).isEmpty();
            } else if (id > 60) {
                assertThat(answer.end()).isNotNull();
                assertThat(answer.text()).isEqualTo(answers.get(61L).text());
            }
        }
    }

    @Test
    void cancellingALongPromptEndsIt() throws IOException {
        int[] prompt = new int[runner.facts().contextLength() - 1];
        Arrays.fill(prompt, prompt("a")[0]);
        for (int round = 0; round < 5; round++) {
            prompt[0] = 500 + round; // so that nothing of it is cached
            runner.generate(70, prompt, -1);
            runner.send(new Message.Cancel(70));
            Answer answer = Answer.one(runner, 70);
            assertThat(answer.failed().code()).isEqualTo(Fault.CANCELLED);
            assertThat(answer.tokens()).isEmpty();
        }
        runner.generate(71, prompt("hello"), 3);
        assertThat(Answer.one(runner, 71).end()).isNotNull();
    }

    @Test
    void aStreamIsTheSameBesideLongPromptsThatComeAndAreCancelled() throws IOException {
        int[] prompt = prompt("hello");
        runner.generate(73, prompt, 150);
        String alone = Answer.one(runner, 73).text();
        int[] longPrompt = new int[runner.facts().contextLength() - 1];
        Arrays.fill(longPrompt, prompt("a")[0]);
        runner.generate(73, prompt, 150);
        for (int id = 100; id < 120; id++) {
            longPrompt[0] = 500 + id; // so that nothing of it is cached
            runner.generate(id, longPrompt, -1);
            runner.send(new Message.Cancel(id));
        }
        Map<Long, Answer> answers = Answer.collect(runner, 21);
        assertThat(answers.get(73L).text()).isEqualTo(alone);
        assertThat(answers.get(119L).failed().code()).isEqualTo(Fault.CANCELLED);
    }

    @Test
    void whatNativeCodeWouldDieOfIsRefused() throws IOException {
        int vocabulary = runner.facts().vocabulary();
        refused(new int[] {}, 5, Fault.INVALID_REQUEST, "empty");
        refused(new int[] {vocabulary}, 5, Fault.INVALID_REQUEST, "token " + vocabulary);
        refused(new int[] {-1}, 5, Fault.INVALID_REQUEST, "token -1");
        refused(new int[] {1}, -2, Fault.INVALID_REQUEST, "num_predict");
        int length = runner.facts().contextLength();
        refused(new int[length], 5, Fault.CONTEXT_TOO_LONG, String.valueOf(length));
        runner.send(new Message.Detokenize(80, new int[] {Integer.MAX_VALUE}));
        assertThat(((Message.Failed) runner.receive()).code()).isEqualTo(Fault.INVALID_REQUEST);
        var sampling =
                new Sampling(0, Sampling.Temperature.of(Float.NaN), Sampling.Cutoffs.OFF, Sampling.Penalties.OFF);
        runner.generate(81, new int[] {1}, sampling, Ending.after(5));
        assertThat(((Message.Failed) runner.receive()).message()).contains("temperature");
        runner.generate(82, new int[] {1}, 5, "");
        assertThat(((Message.Failed) runner.receive()).message()).contains("stop text");
    }

    @Test
    void heartbeatsCarryProgress() throws IOException {
        RunnerStatus before = heartbeat();
        runner.generate(90, prompt("hello"), 10);
        Answer answer = Answer.one(runner, 90);
        RunnerStatus after = heartbeat();
        assertThat(after.generatedTokens() - before.generatedTokens()).isEqualTo(answer.tokens().length);
        assertThat(after.promptTokens()).isGreaterThan(before.promptTokens());
        assertThat(after.running()).isZero();
    }

    private static RunnerStatus heartbeat() throws IOException {
        Message message = runner.receiveAny();
        while (!(message instanceof Message.Heartbeat beat && beat.status().running() == 0))
            message = runner.receiveAny();
        return ((Message.Heartbeat) message).status();
    }

    private static void refused(int[] prompt, int maxTokens, Fault code, String words) throws IOException {
        runner.generate(8, prompt, maxTokens);
        Message.Failed failed = Answer.one(runner, 8).failed();
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.message()).contains(words);
    }

    private static int[] prompt(String text) throws IOException {
        return runner.tokenize("<|im_start|>user\n" + text + "<|im_end|>\n<|im_start|>assistant\n");
    }
}
