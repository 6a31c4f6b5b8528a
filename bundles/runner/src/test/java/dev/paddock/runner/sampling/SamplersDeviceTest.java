package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Sampling.Cutoffs;
import dev.paddock.api.engine.Sampling.Dry;
import dev.paddock.api.engine.Sampling.Mirostat;
import dev.paddock.api.engine.Sampling.Penalties;
import dev.paddock.api.engine.Sampling.Temperature;
import dev.paddock.api.engine.Sampling.Xtc;
import dev.paddock.runner.RealThings;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each sampler does to a real model's answers. */
class SamplersDeviceTest {
    private static final String QUESTION = "Tell me a story about a dog.";
    private static final int LENGTH = 40;
    private static final Temperature HOT = Temperature.of(20);
    private static Answers answers;

    @BeforeAll
    static void load() throws IOException {
        if (RealThings.there()) answers = new Answers();
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void free() {
        if (answers != null) answers.close();
    }

    @Test
    void theSameSeedGivesTheSameAnswerAndAnotherAnotherOne() {
        assertThat(answer(hot(7, Cutoffs.OFF))).isEqualTo(answer(hot(7, Cutoffs.OFF)));
        assertThat(answer(hot(7, Cutoffs.OFF))).isNotEqualTo(answer(hot(8, Cutoffs.OFF)));
        assertThat(answer(hot(-1, Cutoffs.OFF))).isNotEqualTo(answer(hot(-1, Cutoffs.OFF)));
    }

    @Test
    void anAnswerTakenUpInTheMiddleGoesOnAsItWouldHave() {
        var all = new Sampling(
                5,
                Temperature.of(1.5f),
                new Cutoffs(50, 0.95f, 0.01f, 1, -1),
                new Penalties(32, 1.2f, 0.1f, 0.1f),
                new Dry(0.8f, 1.75f, 2, -1, List.of("\n")),
                new Xtc(0.5f, 0.1f),
                Mirostat.OFF,
                List.of(),
                true);
        int[] whole = answer(all);
        int[] resumed = answers.answer(answers.order(QUESTION, all, null), Arrays.copyOf(whole, 17), LENGTH);
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void cutoffsThatLeaveOneCandidateAreGreedy() {
        int[] greedy = answer(Sampling.GREEDY);
        assertThat(answer(hot(1, new Cutoffs(1, 1, 0, 1, -1)))).isEqualTo(greedy);
        assertThat(answer(hot(1, new Cutoffs(0, 0, 0, 1, -1)))).isEqualTo(greedy);
        assertThat(answer(hot(1, new Cutoffs(0, 1, 1, 1, -1)))).isEqualTo(greedy);
        assertThat(answer(hot(1, new Cutoffs(0, 1, 0, 1, 1e-6f)))).isEqualTo(greedy);
    }

    @Test
    void aTopKBeyondTheVocabularyIsNone() {
        assertThat(answer(hot(1, new Cutoffs(1 << 30, 1, 0, 1, -1)))).hasSize(LENGTH);
    }

    @Test
    void typicalSamplingLeavesOutTokens() {
        assertThat(distinct(hot(3, new Cutoffs(0, 1, 0, 0.2f, -1)))).isLessThan(distinct(hot(3, Cutoffs.OFF)));
        // Next to tokens without any probability too.
        assertThat(answer(hot(3, new Cutoffs(0, 1, 0, 0.2f, 1)))).hasSize(LENGTH);
    }

    @Test
    void temperatureMovesWithTheEntropyOfTheCandidates() {
        var range = new Sampling(1, new Temperature(1, 0.9f, 1), Cutoffs.OFF, Penalties.OFF);
        var fixed = new Sampling(1, Temperature.of(1), Cutoffs.OFF, Penalties.OFF);
        assertThat(answer(range)).isNotEqualTo(answer(fixed));
    }

    @Test
    void penaltiesKeepTokensFromComingAgain() {
        var strong = new Sampling(0, Temperature.of(0), Cutoffs.OFF, new Penalties(-1, 1, 1000, 0));
        int[] tokens = answer(strong);
        assertThat(new HashSet<>(boxed(tokens)))
                .hasSize(tokens.length)
                .doesNotContainAnyElementsOf(boxed(answers.prompt(QUESTION)));
        for (var one : List.of(new Penalties(64, 1.8f, 0, 0), new Penalties(64, 1, 0, 5))) {
            assertThat(answer(new Sampling(0, Temperature.of(0), Cutoffs.OFF, one)))
                    .isNotEqualTo(answer(Sampling.GREEDY));
        }
    }

    @Test
    void dryEndsRepetitionsUnlessABreakerIsBetween() {
        String question = "Repeat this ten times: la la la la la la la la la la la la";
        int[] free = answers.answer(answers.order(question, ignoringEnd(Dry.OFF), null), LENGTH);
        Dry dry = new Dry(50, 1.75f, 1, -1, List.of("\n"));
        int[] penalized = answers.answer(answers.order(question, ignoringEnd(dry), null), LENGTH);
        assertThat(longestRepetition(penalized)).isLessThan(longestRepetition(free));
    }

    @Test
    void xtcLeavesOutTheLikeliest() {
        var often = new Sampling(
                1,
                Temperature.of(1),
                new Cutoffs(5, 1, 0, 1, -1),
                Penalties.OFF,
                Dry.OFF,
                new Xtc(1, 0.01f),
                Mirostat.OFF,
                List.of(),
                true);
        var never = new Sampling(
                1,
                Temperature.of(1),
                new Cutoffs(5, 1, 0, 1, -1),
                Penalties.OFF,
                Dry.OFF,
                Xtc.OFF,
                Mirostat.OFF,
                List.of(),
                true);
        assertThat(answer(often)).isNotEqualTo(answer(never));
    }

    @Test
    void mirostatAimsAtAPerplexity() {
        for (int version = 1; version <= 2; version++) {
            double calm = surprise(version, 0.5f);
            double wild = surprise(version, 8);
            assertThat(calm).as("mirostat %d", version).isLessThan(wild);
        }
    }

    @Test
    void aBiasForbidsAndForces() {
        int first = answer(Sampling.GREEDY)[0];
        assertThat(boxed(answer(biased(first, Float.NEGATIVE_INFINITY)))).doesNotContain(first);
        assertThat(boxed(answer(biased(first + 1, 1e6f)))).containsOnly(first + 1);
    }

    @Test
    void anAnswerThatMayNotEndDoesNot() {
        var order = answers.order("Say hi.", Sampling.GREEDY, null);
        int length = answers.answer(order, 300).length;
        assertThat(length).isLessThan(300);
        var endless = answers.order("Say hi.", ignoringEnd(Dry.OFF), null);
        assertThat(answers.answer(endless, length + 50)).hasSize(length + 50);
    }

    @Test
    void probabilitiesAreThoseOfTheModel() {
        int[] plain = answer(Sampling.GREEDY);
        var order = new GenerationOrder(
                answers.prompt(QUESTION), Sampling.GREEDY, Ending.after(-1), Optional.empty(), 5, List.of(), "");
        assertThat(answers.answer(order, LENGTH)).isEqualTo(plain);
        assertThat(answers.logprobs).hasSize(plain.length);
        for (int i = 0; i < plain.length; i++) {
            Logprob logprob = answers.logprobs.get(i);
            assertThat(logprob.token()).isEqualTo(plain[i]);
            assertThat(logprob.top()).hasSize(5).isSortedAccordingTo((a, b) -> Float.compare(b.value(), a.value()));
            assertThat(logprob.top().getFirst().token()).isEqualTo(plain[i]);
            assertThat(logprob.top().getFirst().value()).isEqualTo(logprob.value());
            double sum = logprob.top().stream()
                    .mapToDouble(top -> Math.exp(top.value()))
                    .sum();
            assertThat(sum).isBetween(0.0, 1.0001);
            assertThat(logprob.bytes()).isNotEmpty();
        }
    }

    @Test
    void probabilitiesDoNotSeeBiases() {
        int first = answer(Sampling.GREEDY)[0];
        var order = new GenerationOrder(
                answers.prompt(QUESTION),
                biased(first, Float.NEGATIVE_INFINITY),
                Ending.after(-1),
                Optional.empty(),
                1,
                List.of(),
                "");
        answers.answer(order, 1);
        assertThat(answers.logprobs.getFirst().top().getFirst().token()).isEqualTo(first);
        assertThat(answers.logprobs.getFirst().token()).isNotEqualTo(first);
    }

    private static double surprise(int version, float tau) {
        var mirostat = new Mirostat(version, tau, 0.1f);
        var sampling = new Sampling(1, HOT, Cutoffs.OFF, Penalties.OFF, Dry.OFF, Xtc.OFF, mirostat, List.of(), true);
        var order = new GenerationOrder(
                answers.prompt(QUESTION), sampling, Ending.after(-1), Optional.empty(), 0, List.of(), "");
        answers.answer(order, 100);
        return -answers.logprobs.stream().mapToDouble(Logprob::value).average().orElseThrow();
    }

    private static Sampling hot(long seed, Cutoffs cutoffs) {
        return new Sampling(seed, HOT, cutoffs, Penalties.OFF, Dry.OFF, Xtc.OFF, Mirostat.OFF, List.of(), false);
    }

    private static Sampling biased(int token, float value) {
        return new Sampling(
                0,
                Temperature.of(0),
                Cutoffs.OFF,
                Penalties.OFF,
                Dry.OFF,
                Xtc.OFF,
                Mirostat.OFF,
                List.of(new Sampling.Bias(token, value)),
                false);
    }

    private static Sampling ignoringEnd(Dry dry) {
        return new Sampling(
                0, Temperature.of(0), Cutoffs.OFF, Penalties.OFF, dry, Xtc.OFF, Mirostat.OFF, List.of(), true);
    }

    private static int[] answer(Sampling sampling) {
        return answers.answer(answers.order(QUESTION, sampling, null), LENGTH);
    }

    private static int distinct(Sampling sampling) {
        Set<Integer> all = new HashSet<>();
        for (int i = 0; i < 5; i++) all.addAll(boxed(answer(sampling)));
        return all.size();
    }

    private static List<Integer> boxed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    /** Length of the longest run of tokens that is there twice. */
    private static int longestRepetition(int[] tokens) {
        int longest = 0;
        for (int a = 0; a < tokens.length; a++) {
            for (int b = a + 1; b < tokens.length; b++) {
                int length = 0;
                while (b + length < tokens.length && tokens[a + length] == tokens[b + length]) length++;
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }
}
