package dev.paddock.runner.decode;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.SamplerChain;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs generations together in one context (continuous batching). {@link #run} is the one thread that touches the
 * context; the other public methods may be called by any thread and return at once.
 */
public final class DecodeLoop {
    private final Vocabulary vocabulary;
    private final Context context;
    private final Outlet outlet;
    private final BatchPlan plan;
    private final PromptSlice slice;
    private final Requests requests = new Requests();
    private final List<Sequence> running = new ArrayList<>();
    private final ArrayDeque<Integer> freeSlots = new ArrayDeque<>();
    private final int[] pending;
    private final boolean[] generating;
    private final int[] shares;
    private final MemorySegment piece = Vocabulary.pieceBuffer(Arena.global());
    private volatile int runningCount;
    private volatile long promptTokens;
    private volatile long generatedTokens;

    public DecodeLoop(Model model, Context context, Outlet outlet) {
        Context.Order order = context.order();
        this.vocabulary = model.vocabulary();
        this.context = context;
        this.outlet = outlet;
        this.plan = new BatchPlan(order.batch(), order.microBatch());
        int sequences = order.parallel();
        slice = new PromptSlice(order.microBatch());
        pending = new int[sequences];
        generating = new boolean[sequences];
        shares = new int[sequences];
        for (int slot = 0; slot < sequences; slot++) freeSlots.add(slot);
    }

    /** Takes an order, or answers at once why not. */
    public void submit(Message.Generate order) throws IOException {
        try {
            OrderCheck.check(order.order(), vocabulary, context.order().length());
            if (order.order().ending().maxTokens() == 0) {
                Tally tally = Tally.plain(order.order().prompt().length, 0, Duration.ZERO, Duration.ZERO);
                outlet.send(new Message.End(order.id(), StopReason.LENGTH, tally));
            } else {
                requests.add(order);
            }
        } catch (LlamaException e) {
            outlet.send(new Message.Failed(order.id(), e.code(), e.getMessage()));
        }
    }

    /** Ends a request: at once when it waits or its prompt is being computed, else after the current token. */
    public void cancel(long id) throws IOException {
        Request request = requests.cancel(id);
        if (request == null) return;
        if (!requests.isRunning(request)) {
            outlet.send(cancelled(request));
        } else if (request.abortable()) {
            context.abort();
        }
    }

    /** Makes {@link #run} return soon; what runs is given up. */
    public void stop() {
        requests.stop();
        context.abort();
    }

    /** How far it is. */
    public Message.Heartbeat status() {
        return new Message.Heartbeat(
                new RunnerStatus(runningCount, requests.waiting(), promptTokens, generatedTokens, CacheStatus.EMPTY));
    }

    /** Decodes until {@link #stop}; sleeps while there is nothing to do. */
    public void run() throws IOException, InterruptedException {
        while (!requests.stopped()) {
            admit();
            if (running.isEmpty()) {
                requests.awaitOne();
            } else if (!dropCancelled()) {
                tryStep();
            }
        }
        while (!running.isEmpty()) release(running.getFirst());
    }

    private void admit() {
        Request request = freeSlots.isEmpty() ? null : requests.poll();
        while (request != null) {
            int length = context.order().length();
            SamplerChain chain = new SamplerChain(request.order().order().sampling(), vocabulary.size(), length);
            running.add(new Sequence(request, freeSlots.pop(), chain, length));
            runningCount = running.size();
            request = freeSlots.isEmpty() ? null : requests.poll();
        }
    }

    private boolean dropCancelled() throws IOException {
        boolean dropped = false;
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (sequence.request().cancelled()) {
                release(sequence);
                outlet.send(cancelled(sequence.request()));
                dropped = true;
            }
        }
        return dropped;
    }

    private static Message.Failed cancelled(Request request) {
        return new Message.Failed(request.id(), Fault.CANCELLED, "cancelled as asked");
    }

    /** A bug in one step costs the requests in it, not those that come after. */
    private void tryStep() throws IOException {
        try {
            step();
        } catch (LlamaException | IllegalStateException | IndexOutOfBoundsException e) {
            failAll("the runner failed: " + e);
        }
    }

    private void step() throws IOException {
        int count = running.size();
        for (int i = 0; i < count; i++) {
            pending[i] = running.get(i).pending();
            generating[i] = running.get(i).generating();
        }
        int prompted = plan.share(pending, generating, count, slice.tokens(), shares);
        fillBatch(count);
        context.resetAbort();
        markAbortable(count);
        // A cancel sets its mark before it looks for ours, and we look after setting ours: one of both sees the other.
        long started = System.nanoTime();
        int result = anyCancelled() ? Context.ABORTED : context.decode();
        if (result == Context.DONE) slice.measured(prompted, System.nanoTime() - started);
        for (Sequence sequence : running) sequence.request().abortable(false);
        conclude(result);
    }

    private void fillBatch(int count) {
        TokenBatch batch = context.batch();
        batch.clear();
        for (int i = 0; i < count; i++) {
            if (generating[i]) running.get(i).fill(batch, shares[i]);
        }
        for (int i = 0; i < count; i++) {
            if (!generating[i]) running.get(i).fill(batch, shares[i]);
        }
    }

    /** A prompt's share is long, and so may be one token of a huge model that runs alone: worth breaking off. */
    private void markAbortable(int count) {
        for (int i = 0; i < count; i++) running.get(i).request().abortable(shares[i] > 1 || count == 1);
    }

    private boolean anyCancelled() {
        for (Sequence sequence : running) {
            if (sequence.request().cancelled()) return true;
        }
        return requests.stopped();
    }

    private void conclude(int result) throws IOException {
        switch (result) {
            case Context.DONE -> advance();
            case Context.ABORTED -> {
                for (Sequence sequence : running) sequence.rewind(context);
            }
            case Context.NO_ROOM -> {
                for (Sequence sequence : running) sequence.rewind(context);
                // Each sequence has its part of the cache, so this is a bug; the youngest pays, the others go on.
                fail(running.getLast(), "the context has no room for this sequence");
            }
            default -> failAll("llama.cpp could not compute the batch (llama_decode returned " + result + ")");
        }
    }

    private void failAll(String message) throws IOException {
        for (Sequence sequence : List.copyOf(running)) fail(sequence, message);
    }

    private void fail(Sequence sequence, String message) throws IOException {
        release(sequence);
        outlet.send(new Message.Failed(sequence.request().id(), Fault.INTERNAL, message));
    }

    private void advance() throws IOException {
        // Backwards, because an ended sequence leaves the list.
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (!generating[i]) countPrompt(sequence.share());
            if (sequence.share() > 0 && sequence.advance()) take(sequence, sequence.sample(context));
        }
    }

    private void take(Sequence sequence, int token) throws IOException {
        if (vocabulary.endsGeneration(token)) {
            end(sequence, StopReason.STOP);
            return;
        }
        countGenerated();
        String text = sequence.accept(token, vocabulary.piece(token, piece, false));
        outlet.send(new Message.Chunk(sequence.request().id(), text, new int[] {token}, List.of()));
        StopReason ended = sequence.ended();
        if (ended != null) end(sequence, ended);
    }

    private void end(Sequence sequence, StopReason reason) throws IOException {
        release(sequence);
        String rest = sequence.rest();
        if (!rest.isEmpty()) outlet.send(new Message.Chunk(sequence.request().id(), rest, new int[0], List.of()));
        outlet.send(sequence.end(reason));
    }

    private void release(Sequence sequence) {
        running.remove(sequence);
        requests.ended(sequence.request());
        context.forget(sequence.slot(), 0);
        freeSlots.push(sequence.slot());
        sequence.close();
        runningCount = running.size();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countPrompt(int tokens) {
        promptTokens += tokens;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countGenerated() {
        generatedTokens++;
    }
}
