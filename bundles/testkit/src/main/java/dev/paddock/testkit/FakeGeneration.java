package dev.paddock.testkit;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Gives a scripted answer token by token. Times are made up: one millisecond a token. */
final class FakeGeneration implements Generation {
    private final FakeModel model;
    private final FakeAnswer answer;
    private final int asked;
    private final List<String> shown;
    private final int promptTokens;
    private final int[] tokens;
    private final Chunk.End end;
    /** Completed with the fault that ends this generation early. */
    private final CompletableFuture<PaddockException> broken = new CompletableFuture<>();

    private int position;
    private int charactersFrom;
    private boolean ended;

    FakeGeneration(FakeModel model, GenerationOrder order, FakeAnswer answer) {
        this.model = model;
        this.answer = answer;
        this.asked = order.logprobs();
        this.shown = order.shown();
        this.tokens = answer.tokens(order);
        var reason = answer.cutBy(order) ? StopReason.LENGTH : StopReason.STOP;
        this.promptTokens = order.prompt().length;
        this.end = new Chunk.End(reason, answer.stop(order), tally(tokens.length));
    }

    private Tally tally(int generated) {
        return Tally.plain(promptTokens, generated, Duration.ofMillis(promptTokens), Duration.ofMillis(generated));
    }

    @Override
    public Optional<Tally> soFar() {
        return position == 0 ? Optional.empty() : Optional.of(tally(position));
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        if (ended) throw new NoSuchElementException("the generation has ended");
        if (position == answer.crashAfter()) model.crash("the script said so");
        answer.gate().filter(gate -> position == answer.holdAfter()).ifPresent(this::standBefore);
        var fault = broken.getNow(null);
        if (fault != null) throw fault;
        if (position < tokens.length) return oneToken();
        ended = true;
        model.finished(this, false);
        return end;
    }

    private void standBefore(Gate gate) {
        try {
            CompletableFuture.anyOf(gate.arrive(), broken).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a gate cannot fail", e);
        }
    }

    private Chunk oneToken() {
        int token = tokens[position++];
        model.generated();
        boolean incomplete = position < tokens.length && (tokens[position] & 0xc0) == 0x80;
        if (incomplete) return new Chunk.Text("", new int[] {token}, logprobs(token));
        String text = FakeVocabulary.print(Arrays.copyOfRange(tokens, charactersFrom, position), shown);
        charactersFrom = position;
        return new Chunk.Text(text, new int[] {token}, logprobs(token));
    }

    /** It is always sure; the next tokens of the vocabulary are the ones that it would not have taken. */
    private List<Logprob> logprobs(int token) {
        if (asked < 0) return List.of();
        List<Logprob> top = new ArrayList<>();
        for (int i = 0; i < asked; i++) top.add(logprob((token + i) % FakeVocabulary.BOS, -i, List.of()));
        return List.of(logprob(token, 0, top));
    }

    private static Logprob logprob(int token, float value, List<Logprob> top) {
        return new Logprob(token, FakeVocabulary.bytes(token), value, top);
    }

    /** Ends it with a fault; a waiting reader wakes. */
    void fail(Fault fault, String message) {
        broken.complete(new PaddockException(fault, message));
    }

    @Override
    public void close() {
        fail(Fault.CANCELLED, "the generation was closed by its caller");
        model.finished(this, true);
    }
}
