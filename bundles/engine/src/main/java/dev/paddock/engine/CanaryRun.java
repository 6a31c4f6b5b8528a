package dev.paddock.engine;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has runners give a short greedy answer, twice: the first is what they say, the second how fast. */
final class CanaryRun {
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. Once upon a time there was";
    private static final String SCOPE = "canary";
    private static final int TOKENS = 12;
    private static final int MOST_PROMPT = 64;
    /** Of one answer; drivers may compile their programs for the first. */
    private static final Duration MOST = Duration.ofSeconds(90);

    /** What is asked, as tokens. */
    record Question(int[] prompt) {}

    /** The question in the model's tokens. */
    Question question(Runner runner) {
        var answer = runner.ask(id -> new Message.Tokenize(id, TEXT, true, false));
        if (!(answer instanceof Message.Tokens tokens)) {
            throw new PaddockException(Fault.INTERNAL, "the runner answered another question");
        }
        int room = Math.min(MOST_PROMPT, runner.facts().contextLength() - TOKENS - 1);
        if (tokens.tokens().length == 0 || room < 1) {
            throw new PaddockException(Fault.UNSUPPORTED, "its context has no room for a comparison");
        }
        return new Question(Arrays.copyOf(tokens.tokens(), Math.min(room, tokens.tokens().length)));
    }

    /**
     * A runner's answer.
     *
     * @throws PaddockException with {@link Fault#RUNNER_DIED} when it dies over it, {@link Fault#UNAVAILABLE} when it takes
     *     too long
     */
    Canary.Answer answer(Runner runner, Question question) {
        var first = run(runner, question);
        var second = run(runner, question);
        double seconds = second.tally().completionTime().toNanos() / 1e9;
        int steps = second.tally().completionTokens() - 1;
        return new Canary.Answer(first.tokens(), steps > 0 && seconds > 0 ? steps / seconds : 0);
    }

    private record Said(List<Logprob> tokens, Tally tally) {}

    private static Said run(Runner runner, Question question) {
        var generation = RunnerGeneration.bound(new GenerationOrder(
                question.prompt(), sampling(), Ending.after(TOKENS), Optional.empty(), Canary.TOP, List.of(), SCOPE));
        var late = new CompletableFuture<Void>();
        late.completeOnTimeout(null, MOST.toMillis(), TimeUnit.MILLISECONDS);
        var _ = late.thenRun(generation::close);
        try {
            if (!runner.start(generation)) throw new PaddockException(Fault.RUNNER_DIED, "the runner has ended");
            return said(generation);
        } catch (PaddockException e) {
            boolean tooLate = late.isDone()
                    && e.fault() == Fault.CANCELLED
                    && !Thread.currentThread().isInterrupted();
            if (!tooLate) throw e;
            throw new PaddockException(
                    Fault.UNAVAILABLE, "a comparison took more than " + MOST.toSeconds() + " s; try again later", e);
        } finally {
            late.cancel(false);
            generation.close();
        }
    }

    private static Said said(RunnerGeneration generation) {
        List<Logprob> tokens = new ArrayList<>();
        while (true) {
            switch (generation.next()) {
                case Chunk.Text part -> tokens.addAll(part.logprobs());
                case Chunk.End end -> {
                    return new Said(tokens, end.tally());
                }
            }
        }
    }

    /** Always so many tokens. */
    private static Sampling sampling() {
        var greedy = Sampling.GREEDY;
        return new Sampling(
                greedy.seed(),
                greedy.temperature(),
                greedy.cutoffs(),
                greedy.penalties(),
                greedy.dry(),
                greedy.xtc(),
                greedy.mirostat(),
                greedy.bias(),
                true);
    }
}
