package dev.paddock.engine;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The host's end of a generation. The connection's thread puts pieces in and never waits; what a slow reader leaves is
 * joined to one piece, so that at most one answer's text waits here, which the context bounds.
 */
final class RunnerGeneration implements Generation {
    private static final int FIRST_TOKENS = 16;

    private final Runnable cancel;
    private final StringBuilder text = new StringBuilder();
    private int[] tokens = new int[FIRST_TOKENS];
    private int tokenCount;
    private Chunk.End end;
    private PaddockException failure;
    private boolean ended;
    private boolean closed;

    /** @param cancel told once, when it is closed before its end */
    RunnerGeneration(Runnable cancel) {
        this.cancel = cancel;
    }

    synchronized void add(String moreText, int[] moreTokens) {
        text.append(moreText);
        int needed = tokenCount + moreTokens.length;
        if (needed > tokens.length) tokens = Arrays.copyOf(tokens, Math.max(needed, 2 * tokens.length));
        System.arraycopy(moreTokens, 0, tokens, tokenCount, moreTokens.length);
        tokenCount = needed;
        notifyAll();
    }

    synchronized void finish(Chunk.End last) {
        end = last;
        notifyAll();
    }

    synchronized void fail(PaddockException cause) {
        if (end == null && failure == null) failure = cause;
        notifyAll();
    }

    @Override
    public synchronized boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        try {
            return take();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    private synchronized Chunk take() throws InterruptedException {
        if (ended) throw new NoSuchElementException("the generation has ended");
        while (tokenCount == 0 && text.isEmpty() && end == null && failure == null && !closed) wait();
        if (closed) throw cancelled();
        if (tokenCount > 0 || !text.isEmpty()) return pending();
        if (failure != null) throw new PaddockException(failure.fault(), failure.getMessage(), failure);
        ended = true;
        return end;
    }

    private Chunk pending() {
        var piece = new Chunk.Text(text.toString(), Arrays.copyOf(tokens, tokenCount));
        text.setLength(0);
        tokenCount = 0;
        return piece;
    }

    private static PaddockException cancelled() {
        return new PaddockException(Fault.CANCELLED, "the generation was closed by its caller");
    }

    @Override
    public void close() {
        boolean running;
        synchronized (this) {
            if (closed || ended) return;
            closed = true;
            running = end == null && failure == null;
            notifyAll();
        }
        if (running) cancel.run();
    }
}
