package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.gguf.random.RandomAdapter;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One runner with a small context: what sequences share, and what they must not. */
@Timeout(180)
class SharingDeviceTest {
    private static final int PARALLEL = 16;
    private static final int LENGTH = 512;
    private static final Sampling ENDLESS = new Sampling(
            0,
            Sampling.Temperature.of(0),
            Sampling.Cutoffs.OFF,
            Sampling.Penalties.OFF,
            Sampling.Dry.OFF,
            Sampling.Xtc.OFF,
            Sampling.Mirostat.OFF,
            List.of(),
            true);

    @TempDir
    static Path directory;

    private static RunnerProcess runner;

    @BeforeAll
    static void start() throws IOException {
        if (!RealThings.there()) return;
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        var sizes = new Message.Sizes(LENGTH, 0, 128, 64, PARALLEL, 1, 0);
        runner = RunnerProcess.loaded(directory, RunnerProcess.load(RealThings.MODEL, List.of(cpu), sizes));
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
    void aPromptThatRepeatsIsNotComputedTwice() throws IOException {
        int[] prompt = random(1, 300);
        runner.generate(1, prompt, 8);
        Answer first = Answer.one(runner, 1);
        runner.generate(2, prompt, 8);
        Answer second = Answer.one(runner, 2);
        assertThat(first.end().tally().cachedTokens()).isZero();
        assertThat(second.end().tally().cachedTokens()).isEqualTo(299);
        assertThat(second.tokens()).isEqualTo(first.tokens());
    }

    @Test
    void promptsThatComeTogetherAndBeginAlikeAreComputedOnce() throws IOException {
        int[] common = random(2, 300);
        long before = idle().promptTokens();
        for (int i = 0; i < 8; i++) {
            int[] prompt = Arrays.copyOf(common, 310);
            for (int at = 300; at < 310; at++) prompt[at] = 600 + 10 * i;
            runner.generate(10 + i, prompt, 4);
        }
        Answer.collect(runner, 8);
        assertThat(idle().promptTokens() - before).isBetween(300L + 8 * 10, 300L + 8 * 10 + 8);
    }

    @Test
    void scopesShareNothing() throws IOException {
        int[] prompt = random(3, 100);
        for (String scope : List.of("one", "other")) {
            generate(20, prompt, Ending.after(2), List.of(), scope);
            assertThat(Answer.one(runner, 20).end().tally().cachedTokens()).isZero();
        }
        generate(20, prompt, Ending.after(2), List.of(), "one");
        assertThat(Answer.one(runner, 20).end().tally().cachedTokens()).isEqualTo(99);
    }

    @Test
    void guessesLeaveTheGreedyAnswerAsItIs() throws IOException {
        for (String text : List.of("one two three one two three one two three one", "a b c d a b c d a b c d a b")) {
            int[] prompt = runner.tokenize(text);
            runner.generate(30, prompt, ENDLESS, Ending.after(120));
            Answer plain = Answer.one(runner, 30);
            runner.send(new Message.Tune(new Message.Tuning(0, 0, true)));
            runner.generate(31, prompt, ENDLESS, Ending.after(120));
            Answer guessed = Answer.one(runner, 31);
            runner.send(new Message.Tune(Message.Tuning.PLAIN));
            assertThat(guessed.tokens()).isEqualTo(plain.tokens());
            assertThat(guessed.text()).isEqualTo(plain.text());
            Tally tally = guessed.end().tally();
            assertThat(plain.end().tally().draftedTokens()).isZero();
            assertThat(tally.draftedTokens()).isPositive();
            assertThat(tally.acceptedTokens()).isBetween(1, tally.draftedTokens());
            assertThat(tally.completionTokens()).isEqualTo(120);
        }
    }

    @Test
    void anAnswerIsTakenUpWhereItWas() throws IOException {
        int[] prompt = runner.tokenize("one two three four");
        Answer whole = endless(40, prompt, 0, 40);
        for (int told : new int[] {1, 7, 39}) {
            String before = endless(41, prompt, 0, told).text();
            int[] taken = IntStream.concat(Arrays.stream(prompt), Arrays.stream(whole.tokens(), 0, told))
                    .toArray();
            Answer rest = endless(42, taken, told, 40);
            assertThat(before + rest.text()).isEqualTo(whole.text());
            assertThat(rest.tokens()).isEqualTo(Arrays.copyOfRange(whole.tokens(), told, 40));
            assertThat(rest.end().tally().promptTokens()).isEqualTo(prompt.length);
            assertThat(rest.end().tally().completionTokens()).isEqualTo(40);
        }
    }

    @Test
    void anAnswerOfWhichOnlyTheEndWasLostSaysNothingTwice() throws IOException {
        int[] prompt = runner.tokenize("one two three four");
        Answer whole = endless(45, prompt, 0, 10);
        int[] taken = IntStream.concat(Arrays.stream(prompt), Arrays.stream(whole.tokens()))
                .toArray();
        Answer rest = endless(46, taken, 10, 10);
        assertThat(rest.text()).isEmpty();
        assertThat(rest.end().reason()).isEqualTo(StopReason.LENGTH);
        assertThat(rest.end().tally().completionTokens()).isEqualTo(10);
    }

    @Test
    void textThatWasHeldBackComesWithTheEndHoweverOftenTheAnswerIsTakenUp() throws IOException {
        int[] prompt = runner.tokenize("one two three four");
        Answer plain = endless(47, prompt, 0, 10);
        String last = plain.text().substring(plain.text().length() - 1);
        Ending ending = new Ending(10, List.of(last + "\0 never said"), OptionalInt.empty());
        for (int told : new int[] {0, 10}) {
            int[] taken = IntStream.concat(Arrays.stream(prompt), Arrays.stream(plain.tokens(), 0, told))
                    .toArray();
            runner.send(new Message.Generate(48, new GenerationOrder(taken, ENDLESS, ending), told));
            Answer answer = Answer.one(runner, 48);
            assertThat(answer.end().rest()).isEqualTo(last);
            assertThat(answer.text()).isEqualTo(told == 0 ? plain.text() : last);
            assertThat(answer.tokens()).hasSize(10 - told);
        }
    }

    @Test
    void aFullContextIsShiftedAndWhatOthersShareStaysInPlace() throws IOException {
        int[] prompt = random(5, 400);
        runner.generate(50, prompt, 8);
        Answer before = Answer.one(runner, 50);
        runner.generate(51, prompt, ENDLESS, new Ending(600, List.of(), OptionalInt.of(16)));
        Answer shifted = Answer.one(runner, 51);
        assertThat(shifted.failed()).isNull();
        assertThat(shifted.tokens()).hasSize(600);
        assertThat(shifted.end().tally().shiftedTokens()).isEqualTo((LENGTH - 16) / 2 * 2);
        runner.generate(52, prompt, 8);
        Answer after = Answer.one(runner, 52);
        assertThat(after.end().tally().cachedTokens()).isEqualTo(399);
        assertThat(after.tokens()).isEqualTo(before.tokens());
        assertThat(idle().cache().live()).isZero();
    }

    @Test
    void theOnlySequenceOfAContextIsShiftedToo() throws IOException {
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        var sizes = new Message.Sizes(256, 0, 128, 64, 1, 1, 0);
        try (RunnerProcess alone =
                RunnerProcess.loaded(directory, RunnerProcess.load(RealThings.MODEL, List.of(cpu), sizes))) {
            alone.generate(1, random(5, 200), ENDLESS, new Ending(300, List.of(), OptionalInt.of(16)));
            Answer shifted = Answer.one(alone, 1);
            assertThat(shifted.tokens()).hasSize(300);
            assertThat(shifted.end().tally().shiftedTokens()).isEqualTo((256 - 16) / 2 * 3);
        }
    }

    @Test
    void sequencesOfDifferentAdaptersAnswerTogetherAsEachAlone() throws IOException {
        List<List<Adapter>> sets = List.of(List.of(), adapter("one.gguf", 1), adapter("two.gguf", 2));
        int[] prompt = random(6, 80);
        int[][] alone = new int[sets.size()][];
        for (int i = 0; i < alone.length; i++) {
            generate(60, prompt, Ending.after(24), sets.get(i), "");
            Answer answer = Answer.one(runner, 60);
            assertThat(answer.end().tally().cachedTokens()).isZero();
            alone[i] = answer.tokens();
        }
        assertThat(alone[0]).isNotEqualTo(alone[1]);
        for (int i = 0; i < alone.length; i++) generate(60 + i, prompt, Ending.after(24), sets.get(i), "fresh");
        Map<Long, Answer> together = Answer.collect(runner, alone.length);
        for (int i = 0; i < alone.length; i++) {
            assertThat(together.get(60L + i).tokens()).isEqualTo(alone[i]);
        }
    }

    /** One that fits the starter model. */
    private static List<Adapter> adapter(String name, long seed) throws IOException {
        return List.of(new Adapter(RandomAdapter.write(directory.resolve(name), 256, 6, seed), 1));
    }

    @Test
    void anUnknownAdapterCostsOnlyItsRequest() throws IOException {
        runner.generate(70, random(7, 50), ENDLESS, Ending.after(30));
        generate(71, random(7, 50), Ending.after(4), List.of(new Adapter(directory.resolve("none.gguf"), 1)), "");
        Map<Long, Answer> answers = Answer.collect(runner, 2);
        assertThat(answers.get(71L).failed().code()).isEqualTo(Fault.INVALID_REQUEST);
        assertThat(answers.get(71L).failed().message()).contains("none.gguf");
        assertThat(answers.get(70L).tokens()).hasSize(30);
    }

    @Test
    void requestsAbortedAtAnyMomentLeaveNothingBehind() throws IOException {
        Random random = new Random(11);
        int ended = 0;
        int[] open = new int[PARALLEL];
        for (int at = 0; at < 200; at++) {
            int slot = at % PARALLEL;
            if (open[slot] != 0) runner.send(new Message.Cancel(open[slot]));
            open[slot] = 1000 + at;
            runner.generate(open[slot], random(100 + at % 7, 20 + random.nextInt(400)), ENDLESS, Ending.after(60));
            // Now and then the runner gets some way before the next is aborted.
            for (int words = random.nextInt(4) * random.nextInt(8); words > 0 && ended <= at; words--) {
                if (!(runner.receive() instanceof Message.Chunk)) ended++;
            }
        }
        for (int id : open) runner.send(new Message.Cancel(id));
        Answer.collect(runner, 200 - ended);
        RunnerStatus idle = idle();
        assertThat(idle.cache().live()).isZero();
        assertThat(idle.waiting()).isZero();
        runner.generate(2000, random(1, 300), 8);
        assertThat(Answer.one(runner, 2000).end().tally().completionTokens()).isPositive();
    }

    private static Answer endless(long id, int[] prompt, int resumed, int most) throws IOException {
        var order = new GenerationOrder(prompt, ENDLESS, Ending.after(most));
        runner.send(new Message.Generate(id, order, resumed));
        return Answer.one(runner, id);
    }

    private static void generate(long id, int[] prompt, Ending ending, List<Adapter> adapters, String scope)
            throws IOException {
        var order = new GenerationOrder(prompt, Sampling.GREEDY, ending, Optional.empty(), -1, adapters, scope);
        runner.send(new Message.Generate(id, order, 0));
    }

    /** What it tells when nothing runs any more; the cache's figures may be a heartbeat behind. */
    private static RunnerStatus idle() throws IOException {
        RunnerStatus status = RunnerStatus.IDLE;
        for (int idle = 0; idle < 3; ) {
            if (!(runner.receiveAny() instanceof Message.Heartbeat beat)) continue;
            status = beat.status();
            if (status.running() > 0) continue;
            if (status.cache().live() == 0) return status;
            idle++;
        }
        return status;
    }

    private static int[] random(long seed, int length) {
        return new Random(seed).ints(length, 300, 900).toArray();
    }
}
