package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * One running answer: chunks go through the parser and become events. Generation and lease are given back exactly once:
 * when the answer is complete, fails, or is closed from any thread, whichever comes first.
 */
final class AnswerStream implements EventStream {
    private final String model;
    private final int[] prompt;
    private final int dropped;
    private final List<String> notes;
    private final Serving serving;
    private final Lease lease;
    private final Generation generation;
    private final OutputParser parser;
    private final long startedNanos;

    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private final IntStream.Builder answer = IntStream.builder();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean closed;
    /** Until the runner has told what it took: the whole prompt, and what came of the answer. */
    private volatile long used;

    private long generated;
    private boolean over;

    /** The answer to a job, whose prompt was fitted and whose generation runs. */
    AnswerStream(
            Job job,
            Fitting.Fitted fitted,
            OutputParser parser,
            List<String> notes,
            Serving serving,
            Lease lease,
            Generation generation) {
        this.model = job.name();
        this.prompt = fitted.prompt().tokens();
        this.dropped = fitted.dropped();
        this.serving = serving;
        this.lease = lease;
        this.generation = generation;
        this.parser = parser;
        this.notes = List.copyOf(notes);
        this.used = prompt.length;
        this.startedNanos = job.started();
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public ChatEvent next() {
        if (over) throw new NoSuchElementException("the answer of " + model + " has ended");
        try {
            while (ready.isEmpty()) advance();
            if (closed) throw cancelled();
        } catch (Throwable failure) {
            over = true;
            release();
            throw failure;
        }
        var event = ready.remove();
        over = event instanceof ChatEvent.Done;
        return event;
    }

    private void advance() {
        if (closed) throw cancelled();
        switch (generation.next()) {
            case Chunk.Text text -> {
                Arrays.stream(text.tokens()).forEach(answer);
                generated += text.tokens().length;
                used = prompt.length + generated;
                if (!text.logprobs().isEmpty()) ready.add(new ChatEvent.Likely(text.logprobs()));
                deltas(parser.accept(text.text()));
            }
            case Chunk.End end -> {
                var tally = end.tally();
                used = Math.max(0, tally.promptTokens() - tally.cachedTokens()) + (long) tally.completionTokens();
                deltas(parser.finish());
                ready.add(new ChatEvent.Done(end.reason(), end.stop(), usage(end), tokens()));
                release();
            }
        }
    }

    private PaddockException cancelled() {
        return new PaddockException(Fault.CANCELLED, "the answer of " + model + " was cancelled");
    }

    private void deltas(List<OutputPiece> pieces) {
        for (var piece : pieces) ready.add(new ChatEvent.Delta(piece));
    }

    private Usage usage(Chunk.End end) {
        return new Usage(end.tally(), dropped, lease.loadTime(), Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    private List<Integer> tokens() {
        return IntStream.concat(Arrays.stream(prompt), answer.build()).boxed().toList();
    }

    @Override
    public int promptTokens() {
        return prompt.length;
    }

    @Override
    public int droppedMessages() {
        return dropped;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public Serving serving() {
        return serving;
    }

    @Override
    public OptionalInt cachedTokens() {
        return generation.soFar().map(Tally::cachedTokens).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public void close() {
        closed = true;
        release();
    }

    private void release() {
        if (!released.compareAndSet(false, true)) return;
        try {
            generation.close();
            lease.used(used);
        } finally {
            lease.close();
        }
    }
}
