package dev.paddock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every engine keeps, the real one and the fake. A test class extends it and says which engine and model. */
public abstract class EngineContract {
    private static final long PATIENCE_SECONDS = 30;
    private static final String TEXT = "Hello, 12 fields! \u00e9\u00df\u4e2d \ud83d\udc0e\ud83c\udffd end";

    /** The engine under test; the same for all tests of a class is fine. */
    protected abstract EngineService engine();

    /** A model that exists, to be loaded with two sequences and 512 tokens of context each or in all. */
    protected abstract LoadOrder order();

    @Test
    void aGenerationGivesTextsAndThenOneEnd() {
        try (var model = engine().load(order())) {
            var chunks = all(model.generate(greedy(model, "Hello there", 8)));
            assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(Chunk.Text.class::isInstance);
            var end = (Chunk.End) chunks.getLast();
            assertThat(end.tally().promptTokens()).isEqualTo(model.tokenize("Hello there", true, true).length);
            assertThat(end.tally().completionTokens()).isBetween(0, 8);
        }
    }

    @Test
    void afterTheEndThereIsNothing() {
        try (var model = engine().load(order());
                var generation = model.generate(greedy(model, "Hello", 2))) {
            all(generation);
            assertThat(generation.hasNext()).isFalse();
            assertThatThrownBy(generation::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theTokenLimitEndsAnAnswer() {
        try (var model = engine().load(order())) {
            var end = (Chunk.End)
                    all(model.generate(greedy(model, "Hello there", 1))).getLast();
            assertThat(end.tally().completionTokens()).isLessThanOrEqualTo(1);
            if (end.tally().completionTokens() == 1) assertThat(end.reason()).isEqualTo(StopReason.LENGTH);
        }
    }

    @Test
    void theMostLikelyAnswerIsTheSameTwice() {
        try (var model = engine().load(order())) {
            String once = text(all(model.generate(greedy(model, "Tell me something", 16))));
            assertThat(text(all(model.generate(greedy(model, "Tell me something", 16)))))
                    .isEqualTo(once);
        }
    }

    @Test
    void generationsRunBesideEachOther() throws Exception {
        try (var model = engine().load(order())) {
            String alone = text(all(model.generate(greedy(model, "Tell me something", 16))));
            var first = model.generate(greedy(model, "Tell me something", 16));
            var second = model.generate(greedy(model, "Tell me something", 16));
            var other = CompletableFuture.supplyAsync(() -> text(all(second)));
            assertThat(text(all(first))).isEqualTo(alone);
            assertThat(other.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(alone);
        }
    }

    @Test
    void tokensTurnBackIntoTheirText() {
        try (var model = engine().load(order())) {
            assertThat(model.detokenize(model.tokenize(TEXT, false, false))).isEqualTo(TEXT);
            assertThat(model.tokenize("", false, false)).isEmpty();
            assertThat(model.detokenize(new int[0])).isEmpty();
        }
    }

    @Test
    void aClosedGenerationIsCancelledAndFreesItsPlace() {
        try (var model = engine().load(order())) {
            var generation = model.generate(greedy(model, "Hello there", -1));
            generation.close();
            generation.close();
            assertFault(generation::next, Fault.CANCELLED);
            eventually(() -> model.status().running() == 0);
        }
    }

    @Test
    void wrongOrdersAreTheCallersFault() {
        try (var model = engine().load(order())) {
            assertFault(() -> model.generate(order(new int[0], 1)), Fault.INVALID_REQUEST);
            assertFault(() -> model.generate(order(new int[] {model.facts().vocabulary()}, 1)), Fault.INVALID_REQUEST);
            assertFault(() -> model.generate(order(new int[] {-1}, 1)), Fault.INVALID_REQUEST);
            assertFault(() -> model.detokenize(new int[] {Integer.MAX_VALUE}), Fault.INVALID_REQUEST);
            int[] tooLong = new int[model.facts().contextLength() + 1];
            assertFault(() -> model.generate(order(tooLong, 1)), Fault.CONTEXT_TOO_LONG);
        }
    }

    @Test
    void aClosedModelHasEndedAndAnswersNothingMore() throws Exception {
        var model = engine().load(order());
        var generation = model.generate(greedy(model, "Hello there", -1));
        model.close();
        model.close();
        assertThat(model.ended().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isNotBlank();
        assertThatThrownBy(() -> drain(generation))
                .as("it had come to its end before, or says that the runner is gone")
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(NoSuchElementException.class),
                        e -> assertThat(((PaddockException) e).fault()).isEqualTo(Fault.RUNNER_DIED));
        assertFault(() -> model.tokenize("a", false, false), Fault.RUNNER_DIED);
    }

    @Test
    void theFactsAreThere() {
        try (var model = engine().load(order())) {
            var facts = model.facts();
            assertThat(facts.contextLength()).isPositive();
            assertThat(facts.vocabulary()).isPositive();
            assertThat(facts.parallel()).isPositive();
            assertThat(facts.threads()).isPositive();
            assertThat(facts.backend()).isNotBlank();
        }
    }

    @Test
    void theTallyAddsUp() {
        try (var model = engine().load(order())) {
            var chunks = all(model.generate(greedy(model, "Tell me something", 8)));
            int tokens = chunks.stream()
                    .mapToInt(chunk -> chunk instanceof Chunk.Text text ? text.tokens().length : 0)
                    .sum();
            var tally = ((Chunk.End) chunks.getLast()).tally();
            assertThat(tally.completionTokens()).isEqualTo(tokens);
            assertThat(tally.cachedTokens()).isBetween(0, tally.promptTokens());
            assertThat(tally.acceptedTokens()).isBetween(0, tally.draftedTokens());
            assertThat(tally.resumes()).isZero();
            assertThat(tally.promptTime()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(tally.completionTime()).isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }

    @Test
    void whatItTookSoFarIsSaidWithEachPiece() {
        try (var model = engine().load(order());
                var generation = model.generate(greedy(model, "Tell me something", 8))) {
            int tokens = 0;
            while (generation.next() instanceof Chunk.Text text) {
                tokens += text.tokens().length;
                var soFar = generation.soFar().orElseThrow();
                assertThat(soFar.promptTokens()).isEqualTo(model.tokenize("Tell me something", true, true).length);
                assertThat(soFar.completionTokens()).isGreaterThanOrEqualTo(tokens);
            }
        }
    }

    @Test
    void theCacheHoldsNoMoreThanItsCells() {
        try (var model = engine().load(order())) {
            for (int i = 0; i < 3; i++) all(model.generate(greedy(model, "Tell me something", 8)));
            eventually(() -> model.status().running() == 0);
            var cache = model.status().cache();
            assertThat(cache.live() + cache.kept()).isBetween(0, cache.cells());
            assertThat(cache.hostBytes()).isNotNegative();
            assertThat(cache.diskBytes()).isNotNegative();
        }
    }

    @Test
    void probabilitiesComeWithTheTokensWhenAskedFor() {
        try (var model = engine().load(order())) {
            var plain = greedy(model, "Tell me something", 4);
            assertThat(all(model.generate(plain)))
                    .allMatch(chunk -> logprobs(chunk).isEmpty());
            for (Chunk chunk : all(model.generate(with(plain, 2)))) {
                int tokens = chunk instanceof Chunk.Text text ? text.tokens().length : 0;
                assertThat(logprobs(chunk)).hasSize(tokens);
                for (var logprob : logprobs(chunk)) {
                    assertThat(logprob.value()).isLessThanOrEqualTo(0);
                    assertThat(logprob.top()).hasSize(2);
                    assertThat(logprob.top().getFirst().value()).isGreaterThanOrEqualTo(logprob.value());
                }
            }
            assertFault(() -> model.generate(with(plain, 21)), Fault.INVALID_REQUEST);
        }
    }

    private static List<Logprob> logprobs(Chunk chunk) {
        return chunk instanceof Chunk.Text text ? text.logprobs() : List.of();
    }

    private static GenerationOrder with(GenerationOrder order, int logprobs) {
        return new GenerationOrder(
                order.prompt(), order.sampling(), order.ending(), Optional.empty(), logprobs, List.of(), "");
    }

    @Test
    void aControlTokenPrintsOnlyWhereItIsToBeShown() {
        try (var model = engine().load(order())) {
            int[] prompt = model.tokenize("Hello there", true, true);
            String mark = "<|im_start|>";
            int token = model.tokenize(mark, false, true)[0];
            assertThat(text(all(model.generate(forced(prompt, token, List.of())))))
                    .isEmpty();
            var chunks = all(model.generate(forced(prompt, token, List.of("no such token", mark))));
            assertThat(text(chunks)).isEqualTo(mark + mark + mark);
            assertThat(((Chunk.End) chunks.getLast()).tally().completionTokens())
                    .isEqualTo(3);
        }
    }

    @Test
    void aTokenThatEndsAnAnswerNeverPrints() {
        try (var model = engine().load(order())) {
            int[] prompt = model.tokenize("Hello there", true, true);
            String mark = "<|im_end|>";
            int token = model.tokenize(mark, false, true)[0];
            var chunks = all(model.generate(forced(prompt, token, List.of(mark))));
            assertThat(text(chunks)).isEmpty();
            assertThat(((Chunk.End) chunks.getLast()).reason()).isEqualTo(StopReason.STOP);
        }
    }

    @Test
    void whatIsToBeShownIsBounded() {
        try (var model = engine().load(order())) {
            int[] prompt = model.tokenize("Hello there", true, true);
            for (var shown : List.of(Collections.nCopies(65, "a"), List.of(""), List.of("a".repeat(129)))) {
                assertFault(() -> model.generate(forced(prompt, 1, shown)), Fault.INVALID_REQUEST);
            }
        }
    }

    /** An order for three times the same token. */
    private static GenerationOrder forced(int[] prompt, int token, List<String> shown) {
        var d = Sampling.GREEDY;
        var sampling = new Sampling(
                0,
                d.temperature(),
                d.cutoffs(),
                d.penalties(),
                d.dry(),
                d.xtc(),
                d.mirostat(),
                List.of(new Sampling.Bias(token, FakeVocabulary.FORCE)),
                false);
        return new GenerationOrder(prompt, sampling, Ending.after(3), Optional.empty(), -1, List.of(), "", shown);
    }

    @Test
    void everyInputHasItsVector() {
        try (var model = engine().load(order())) {
            int[] hello = model.tokenize("Hello there", true, true);
            int[] other = model.tokenize("Quite another text", true, true);
            if (!model.facts().abilities().embed()) {
                assertFault(() -> model.embed(List.of(hello)), Fault.UNSUPPORTED);
                return;
            }
            assertThat(model.embed(List.of())).isEmpty();
            var vectors = model.embed(List.of(hello, other, hello));
            assertThat(vectors).hasSize(3).allSatisfy(vector -> {
                assertThat(vector).hasSize(model.facts().embeddingLength());
                assertThat(product(vector, vector)).isCloseTo(1, within(1e-3));
            });
            assertThat(product(vectors.get(0), vectors.get(2))).isCloseTo(1, within(1e-2));
            assertThat(product(vectors.get(0), vectors.get(1))).isLessThan(0.9999);
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
        return sum;
    }

    @Test
    void wrongInputsAreTheCallersFault() {
        try (var model = engine().load(order())) {
            if (!model.facts().abilities().embed()) return;
            assertFault(() -> model.embed(List.of(new int[0])), Fault.INVALID_REQUEST);
            assertFault(() -> model.embed(List.of(new int[] {-1})), Fault.INVALID_REQUEST);
            int[] tooLong = new int[model.facts().contextLength() + 1];
            assertFault(() -> model.embed(List.of(new int[] {1}, tooLong)), Fault.CONTEXT_TOO_LONG);
        }
    }

    /** An order for the most likely continuation of a text. */
    protected static GenerationOrder greedy(LoadedModel model, String prompt, int maxTokens) {
        return order(model.tokenize(prompt, true, true), maxTokens);
    }

    private static GenerationOrder order(int[] prompt, int maxTokens) {
        return new GenerationOrder(prompt, Sampling.GREEDY, Ending.after(maxTokens));
    }

    /** Reads a generation to its end. */
    protected static List<Chunk> all(Generation generation) {
        List<Chunk> chunks = new ArrayList<>();
        try (generation) {
            generation.forEachRemaining(chunks::add);
        }
        return chunks;
    }

    private static void drain(Generation generation) {
        while (true) generation.next();
    }

    /** The text of all chunks. */
    protected static String text(List<Chunk> chunks) {
        var text = new StringBuilder();
        for (Chunk chunk : chunks) if (chunk instanceof Chunk.Text part) text.append(part.text());
        return text.toString();
    }

    /** Asserts that a call fails with this fault. */
    protected static void assertFault(Runnable call, Fault fault) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }

    /** Waits, bounded, until something that another process reports is so. */
    protected static void eventually(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
