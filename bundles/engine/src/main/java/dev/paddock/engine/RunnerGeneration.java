package dev.paddock.engine;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The host's end of a generation, which may outlive the runner that it began in. The connection's thread puts pieces in
 * and never waits; what a slow reader leaves is joined to one piece, so that at most one answer's text waits here, which
 * the context bounds. All its tokens are kept until it ends: with them another runner goes on where one died.
 */
final class RunnerGeneration implements Generation {
    private static final int FIRST_TOKENS = 16;
    private static final Runnable NOWHERE = () -> {};

    private final GenerationOrder order;
    /** Whether it ends with the runner that it began in. */
    private final boolean bound;

    private final StringBuilder text = new StringBuilder();
    private final List<Logprob> logprobs = new ArrayList<>();
    private final Tallies tallies = new Tallies();
    private Runnable cancel = NOWHERE;
    /** All tokens of the answer; the first {@code given} are the reader's already. */
    private int[] tokens = new int[FIRST_TOKENS];

    private int tokenCount;
    private int given;
    private int deaths;
    /** Whether a runner has it. */
    private boolean running;
    /** When its last token came, by a clock of nanoseconds. */
    private long lastToken;
    /** When it was moved and has given nothing since; completes with the time that it gave nothing. */
    private CompletableFuture<Duration> pause;

    private long pausedAt;
    private Chunk.End end;
    private PaddockException failure;
    private boolean ended;
    private boolean closed;
    /** Who waits for more, or did. */
    private Thread reader;

    RunnerGeneration(GenerationOrder order) {
        this(order, false);
    }

    private RunnerGeneration(GenerationOrder order, boolean bound) {
        this.order = order;
        this.bound = bound;
    }

    /** One that no other runner goes on with. */
    static RunnerGeneration bound(GenerationOrder order) {
        return new RunnerGeneration(order, true);
    }

    /**
     * Sends it, unless it is over. Nobody can close it meanwhile, so that a cancel comes after what it cancels.
     *
     * @param send takes the order as it is by now and the number of tokens that it resumes
     * @param canceller told once, when it is closed before its end
     */
    synchronized void handOver(long id, Consumer<Message.Generate> send, Runnable canceller) {
        if (over()) return;
        running = true;
        cancel = canceller;
        send.accept(new Message.Generate(id, resumable(), tokenCount));
    }

    private GenerationOrder resumable() {
        if (tokenCount == 0) return order;
        int[] prompt = Arrays.copyOf(order.prompt(), order.prompt().length + tokenCount);
        System.arraycopy(tokens, 0, prompt, order.prompt().length, tokenCount);
        return order.with(prompt);
    }

    /**
     * Its runner died: it goes on in another, or fails.
     *
     * @param most how many runners may die under it before it is given up
     * @param reason how it ended
     * @return whether it is to be handed over again
     */
    synchronized boolean survives(int most, String reason) {
        cancel = NOWHERE;
        running = false;
        if (over()) return false;
        tallies.leaveRunner();
        deaths++;
        if (deaths <= most && !bound) return true;
        fail(new PaddockException(
                Fault.RUNNER_DIED,
                "the runner died " + deaths + " times while it answered this request, which is given up after "
                        + tokenCount + " tokens; the last time, " + reason));
        return false;
    }

    /**
     * It is to go on in another runner though its own lives; it is to be handed over then.
     *
     * @return completes with the time that it gave nothing, when it gives something again or ends; empty when it was not
     *     running
     */
    synchronized Optional<CompletableFuture<Duration>> moves() {
        cancel = NOWHERE;
        if (over() || !running) return Optional.empty();
        running = false;
        tallies.leaveRunner();
        if (pause == null) {
            pause = new CompletableFuture<>();
            pausedAt = tokenCount > 0 ? lastToken : System.nanoTime();
        }
        return Optional.of(pause);
    }

    private void pauseEnds(long now) {
        if (pause == null) return;
        pause.complete(Duration.ofNanos(now - pausedAt));
        pause = null;
    }

    private boolean over() {
        return closed || end != null || failure != null;
    }

    synchronized void add(Message.Chunk more) {
        text.append(more.text());
        logprobs.addAll(more.logprobs());
        int needed = tokenCount + more.tokens().length;
        if (needed > tokens.length) tokens = Arrays.copyOf(tokens, Math.max(needed, 2 * tokens.length));
        System.arraycopy(more.tokens(), 0, tokens, tokenCount, more.tokens().length);
        tokenCount = needed;
        tallies.soFar(more.soFar());
        lastToken = System.nanoTime();
        pauseEnds(lastToken);
        wake();
    }

    synchronized void finish(Message.End last) {
        cancel = NOWHERE;
        text.append(last.rest());
        end = new Chunk.End(last.reason(), last.stop(), tallies.whole(last.tally(), order.prompt().length, deaths));
        pauseEnds(System.nanoTime());
        wake();
    }

    synchronized void fail(PaddockException cause) {
        cancel = NOWHERE;
        if (end == null && failure == null) failure = cause;
        pauseEnds(System.nanoTime());
        wake();
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

    private Chunk take() throws InterruptedException {
        while (true) {
            var chunk = poll();
            if (chunk.isPresent()) return chunk.get();
            LockSupport.park(this);
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }

    /** What is there by now; empty when the reader has to wait until it is woken. */
    private synchronized Optional<Chunk> poll() {
        if (ended) throw new NoSuchElementException("the generation has ended");
        if (closed) throw cancelled();
        if (pending()) return Optional.of(piece());
        if (failure != null) throw new PaddockException(failure.fault(), failure.getMessage(), failure);
        ended = end != null;
        reader = Thread.currentThread();
        return Optional.ofNullable(end);
    }

    /** Not by notifying: a virtual thread that waits for a monitor is woken by way of another thread, for every token. */
    private void wake() {
        LockSupport.unpark(reader);
    }

    @Override
    public synchronized Optional<Tally> soFar() {
        return tallies.soFar(order.prompt().length, deaths);
    }

    private boolean pending() {
        return given < tokenCount || !text.isEmpty();
    }

    private Chunk piece() {
        var piece = new Chunk.Text(text.toString(), Arrays.copyOfRange(tokens, given, tokenCount), logprobs);
        text.setLength(0);
        logprobs.clear();
        given = tokenCount;
        return piece;
    }

    private static PaddockException cancelled() {
        return new PaddockException(Fault.CANCELLED, "the generation was closed by its caller");
    }

    @Override
    public void close() {
        Runnable canceller;
        synchronized (this) {
            if (closed || ended) return;
            closed = true;
            canceller = cancel;
            cancel = NOWHERE;
            pauseEnds(System.nanoTime());
            wake();
        }
        canceller.run();
    }
}
