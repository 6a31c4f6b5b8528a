package dev.paddock.runner.embed;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.FreeMemory;
import dev.paddock.runner.decode.Outlet;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.EmbeddingContext;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.MemoryFigures;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.VectorTraits;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.List;

/**
 * Computes vectors in a context and on a thread of its own, both made at the first request. {@link #close} before the
 * model is freed. Any thread may call the public methods.
 */
public final class EmbedLoop implements AutoCloseable {
    /** Inputs that are put together have so many tokens: attention between them is computed and thrown away. */
    public static final int GROUP_TOKENS = 512;

    /** Inputs that are computed together at most. */
    public static final int GROUP_INPUTS = 32;

    /** Most bytes of the logits that llama.cpp keeps of every token of a batch, asked for or not. */
    private static final long LOGIT_BYTES = 128L << 20;

    private static final int LEAST_GROUP = 64;

    private final Model model;
    private final VectorTraits traits;
    private final Backends backends;
    private final NativeLog log;
    private final int longest;
    private final int threads;
    private final FreeMemory memory;
    private final Outlet outlet;
    private final int groupTokens;
    private final JobQueue queue = new JobQueue();
    private final Object contextLock = new Object();
    private EmbeddingContext context;
    private Thread thread;
    private long reported;
    private volatile long bytes;
    private volatile long tokens;

    /**
     * What computing needs.
     *
     * @param longest most tokens of an input
     * @param threads compute threads
     * @param memory tells what may be taken
     */
    public record Means(Model model, Backends backends, NativeLog log, int longest, int threads, FreeMemory memory) {}

    public EmbedLoop(Means means, Outlet outlet) {
        this.model = means.model();
        this.traits = means.model().vectors();
        this.backends = means.backends();
        this.log = means.log();
        this.longest = means.longest();
        this.threads = means.threads();
        this.memory = means.memory();
        this.outlet = outlet;
        this.groupTokens = traits.lastTokenOnly()
                ? GROUP_TOKENS
                : groupTokens(model.vocabulary().size());
    }

    /** Takes an order, or answers at once why not. */
    public void submit(Message.Embed order) throws IOException {
        try {
            InputCheck.check(order, model.vocabulary(), longest, traits.length());
            queue.add(new Job(order));
            start();
        } catch (LlamaException e) {
            outlet.send(new Message.Failed(order.id(), e.code(), e.getMessage()));
        }
    }

    private synchronized void start() {
        if (thread == null) thread = Thread.ofPlatform().name("embeddings").start(this::work);
    }

    /** Ends a request, whatever it is doing; unknown ids are ignored. */
    public void cancel(long id) throws IOException {
        Job idle = queue.cancel(id);
        if (idle != null) answer(idle, cancelled(idle));
        if (queue.allCancelled()) abort();
    }

    private void abort() {
        synchronized (contextLock) {
            if (context != null) context.abort();
        }
    }

    /** Requests being computed. */
    public int running() {
        return queue.running();
    }

    /** Requests in line. */
    public int waiting() {
        return queue.waiting();
    }

    /** Tokens computed so far. */
    public long tokens() {
        return tokens;
    }

    /** Memory that the context takes, but for what {@link #prepare} told of. */
    public long moreBytes() {
        return Math.max(0, bytes - reported);
    }

    /**
     * Makes the context now, before anybody asks.
     *
     * @return the memory it takes
     * @throws LlamaException when there is no memory for it, or the engine refuses
     */
    public MemoryFigures prepare() {
        MemoryFigures figures = room(1).figures();
        reported = figures.total();
        return figures;
    }

    /** Takes no more orders up; what is being computed is given up. */
    public void stop() {
        queue.stop();
        abort();
    }

    /** Waits for {@link #stop}. */
    public void awaitStop() throws InterruptedException {
        queue.awaitStop();
    }

    private void work() {
        try {
            List<Job.Part> group = queue.take(groupTokens, inputs());
            while (!group.isEmpty()) {
                serve(group);
                group = queue.take(groupTokens, inputs());
            }
        } catch (IOException | InterruptedException e) {
            // The connection has ended, and with it this process.
            return;
        }
    }

    private int inputs() {
        return traits.recurrent() ? 1 : GROUP_INPUTS;
    }

    private void serve(List<Job.Part> group) throws IOException {
        tryCompute(group);
        queue.release(group);
        for (Job.Part part : group) {
            Job job = part.job();
            if (job.cancelled()) end(job, cancelled(job));
            else if (job.complete()) answer(job, job.vectors());
        }
    }

    /** A failure is that request's alone: what fails together is tried one by one. */
    private void tryCompute(List<Job.Part> group) throws IOException {
        try {
            compute(group);
        } catch (LlamaException | IllegalStateException | IndexOutOfBoundsException e) {
            if (group.size() > 1) {
                for (Job.Part part : group) tryCompute(List.of(part));
            } else {
                Job job = group.getFirst().job();
                Fault fault = e instanceof LlamaException known ? known.code() : Fault.INTERNAL;
                end(job, new Message.Failed(job.id(), fault, "no embedding: " + e.getMessage()));
            }
        }
    }

    private void compute(List<Job.Part> group) {
        int total = 0;
        for (Job.Part part : group) total += part.length();
        EmbeddingContext room = room(total);
        boolean done = false;
        // An abort may come late, and break off a group that it was not meant for: that one begins again.
        while (!done && !queue.allCancelled()) {
            room.resetAbort();
            // A cancel sets its mark before it aborts, and we look after the reset: one of both sees the other.
            done = !queue.allCancelled() && pass(room, group);
        }
    }

    /** False when it was aborted. */
    private boolean pass(EmbeddingContext room, List<Job.Part> group) {
        Pass pass = new Pass(traits, room, group);
        while (pass.fill()) {
            int result = room.compute();
            if (result == Context.ABORTED) return false;
            if (result == Context.NO_MEMORY) throw new LlamaException(Fault.OUT_OF_MEMORY, Context.NO_MEMORY_WORDS);
            if (result != Context.DONE) {
                throw new LlamaException(
                        Fault.INTERNAL, "llama.cpp could not compute the batch (it returned " + result + ")");
            }
            count(room.batch().size());
            bytes = room.bytes();
            pass.collect();
        }
        pass.deliver();
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void count(int more) {
        tokens += more;
    }

    /** The context; a larger one, in powers of two, when this group needs it. */
    private EmbeddingContext room(int total) {
        synchronized (contextLock) {
            if (context != null && context.order().cells() >= total) {
                long growth = context.growth(Math.min(total, context.order().outputs()));
                if (growth > 0) new Need(0, 0, growth).check(total, memory.bytes());
                return context;
            }
            EmbeddingContext.Order order = order(total);
            long free = memory.bytes();
            if (free > 0 && context != null) free += context.bytes(); // which goes first
            Need need = Need.of(model, traits, order, Math.min(total, order.outputs()));
            (log.memory().offloaded() ? need.besideGpu() : need).check(total, free);
            closeContext();
            context = new EmbeddingContext(model, traits, backends, order, log);
            bytes = context.bytes();
            return context;
        }
    }

    /** How large the context is that {@link #prepare} makes. */
    public static EmbeddingContext.Order first(Model model, int threads) {
        VectorTraits traits = model.vectors();
        int tokens = traits.lastTokenOnly()
                ? GROUP_TOKENS
                : groupTokens(model.vocabulary().size());
        int inputs = traits.recurrent() ? 1 : GROUP_INPUTS;
        return new EmbeddingContext.Order(tokens, tokens, traits.lastTokenOnly() ? inputs : tokens, inputs, threads);
    }

    private EmbeddingContext.Order order(int total) {
        int cells = groupTokens;
        while (cells < total) cells *= 2;
        int batch = traits.causal() ? groupTokens : cells;
        int outputs = traits.lastTokenOnly() ? inputs() : batch;
        return new EmbeddingContext.Order(cells, batch, outputs, inputs(), threads);
    }

    /**
     * Tokens of a group when all have output: fewer where the vocabulary is large. A longer input of a causal model is
     * computed in pieces of this size, as its tokens see only those before them; one of another model takes the memory it
     * takes.
     */
    static int groupTokens(int vocabulary) {
        int tokens = GROUP_TOKENS;
        while (tokens > LEAST_GROUP && (long) tokens * vocabulary * Float.BYTES > LOGIT_BYTES) tokens /= 2;
        return tokens;
    }

    private void closeContext() {
        if (context != null) context.close();
        context = null;
        bytes = 0;
    }

    private void end(Job job, Message.Failed failure) throws IOException {
        queue.drop(job);
        answer(job, failure);
    }

    private void answer(Job job, Message.FromRunner message) throws IOException {
        if (job.answer()) outlet.send(message);
    }

    private static Message.Failed cancelled(Job job) {
        return new Message.Failed(job.id(), Fault.CANCELLED, "cancelled as asked");
    }

    /** Gives up what is running, waits for the thread, and frees the context. */
    @Override
    public void close() {
        stop();
        Thread started;
        synchronized (this) {
            started = thread;
        }
        try {
            if (started != null) started.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // its thread may still compute: the process ends soon, and frees everything
        }
        synchronized (contextLock) {
            closeContext();
        }
    }
}
