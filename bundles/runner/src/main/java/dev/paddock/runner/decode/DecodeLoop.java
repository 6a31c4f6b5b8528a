package dev.paddock.runner.decode;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs generations together in one context (continuous batching). {@link #run} is the one thread that touches the
 * context; the other public methods may be called by any thread and return at once.
 */
public final class DecodeLoop {
    private static final long STATUS_NANOS = 100_000_000;
    /** Milliseconds after which it is looked whether the disk took too long. */
    private static final long LONGEST_PAUSE = 100;

    private final Engine engine;
    private final Outlet outlet;
    private final Requests requests = new Requests();
    private final List<Sequence> running = new ArrayList<>();
    private final Places places;
    private final Answers answers;
    private final Preparation preparation;
    private final Admission admission;
    private final Step step;
    private volatile Message.Tuning tuning;
    private final Object ending = new Object();
    private boolean ended;
    private volatile int runningCount;
    private volatile int fetchingCount;
    private volatile long promptTokens;
    private volatile CacheStatus cache = CacheStatus.EMPTY;
    private long cacheSeen;

    public DecodeLoop(Engine engine, Outlet outlet) {
        this.engine = engine;
        this.outlet = outlet;
        Pieces pieces = new Pieces(engine.model().vocabulary());
        places = new Places(engine.cache(), engine.memory(), engine.model().rewinds());
        answers = new Answers(engine.model().vocabulary(), engine.context(), pieces, outlet);
        int length = engine.context().order().length();
        preparation = new Preparation(requests, new SequenceMaker(engine.model().vocabulary(), length), answers);
        admission = new Admission(
                engine,
                requests,
                places,
                answers,
                new SequenceMaker(engine.model().vocabulary(), length));
        step = new Step(engine);
        cache = places.status();
    }

    /** Takes an order, or answers at once why not. */
    public void submit(Message.Generate order) throws IOException {
        try {
            ContextCheck.check(
                    order,
                    engine.model().vocabulary(),
                    engine.context().order().length(),
                    engine.memory().canShift());
            if (order.order().ending().maxTokens() == 0) {
                Tally tally = Tally.plain(order.order().prompt().length, 0, Duration.ZERO, Duration.ZERO);
                outlet.send(new Message.End(order.id(), StopReason.LENGTH, "", "", tally));
            } else {
                requests.add(order, Preparation.slow(order.order()));
            }
        } catch (LlamaException e) {
            outlet.send(new Message.Failed(order.id(), e.code(), e.getMessage()));
        }
    }

    /** Ends a request: at once when it waits or its prompt is being computed, else after the current token. */
    public void cancel(long id) throws IOException {
        Request request = requests.cancel(id);
        if (request == null) return;
        if (!requests.ran(request)) {
            request.close();
            answers.cancelled(request);
        } else if (request.abortable()) {
            abort();
        }
    }

    /** After {@link #run} the context may be gone. */
    private void abort() {
        synchronized (ending) {
            if (!ended) engine.context().abort();
        }
    }

    /** From now on works so. */
    public void tune(Message.Tuning wanted) {
        tuning = wanted;
        requests.disturb();
    }

    /** Makes {@link #run} return soon; what runs is given up. */
    public void stop() {
        requests.stop();
        abort();
    }

    /** How far it is. */
    public Message.Heartbeat status() {
        return new Message.Heartbeat(new RunnerStatus(
                runningCount, requests.waiting() + fetchingCount, promptTokens, answers.generated(), cache));
    }

    /** Decodes until {@link #stop}; sleeps while there is nothing to do. */
    public void run() throws IOException, InterruptedException {
        preparation.start();
        try {
            while (!requests.stopped()) turn();
            while (!running.isEmpty()) release(running.getFirst());
        } finally {
            preparation.close();
            synchronized (ending) {
                ended = true;
            }
        }
    }

    private void turn() throws IOException, InterruptedException {
        tune();
        tryAdmit();
        boolean rest = !anyPlaced();
        if (rest) places.settle();
        look(rest);
        if (running.isEmpty()) {
            requests.awaitOne();
        } else if (dropCancelled()) {
            return; // there may be a seat for another
        } else if (rest) {
            requests.pause(LONGEST_PAUSE); // for the disk
        } else {
            tryStep();
        }
    }

    private boolean anyPlaced() {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).place() != Sequence.NOWHERE) return true;
        }
        return false;
    }

    /** Those that wait for the disk do not run. */
    private void count() {
        int fetching = 0;
        for (int i = 0; i < running.size(); i++) fetching += running.get(i).fetching() ? 1 : 0;
        fetchingCount = fetching;
        runningCount = running.size() - fetching;
    }

    private void tryAdmit() throws IOException {
        try {
            admission.admit(running);
        } catch (LlamaException | IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            for (Sequence sequence : List.copyOf(running)) fail(sequence, "the runner failed: " + e);
        }
    }

    private void tune() {
        Message.Tuning wanted = tuning;
        if (wanted == null) return;
        tuning = null;
        engine.cache().limits(wanted.hostCacheBytes(), wanted.diskCacheBytes());
        engine.drafters().speculate(wanted.speculate());
    }

    /** Lets others see what is in the cache: now and then, and before a rest. */
    private void look(boolean now) {
        count();
        long time = System.nanoTime();
        if (!now && time - cacheSeen < STATUS_NANOS) return;
        cacheSeen = time;
        cache = places.status();
    }

    private boolean dropCancelled() throws IOException {
        boolean dropped = false;
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (sequence.request().cancelled()) {
                release(sequence);
                answers.cancelled(sequence.request());
                dropped = true;
            }
        }
        return dropped;
    }

    /** A bug in one step costs the requests in it, not those that come after. */
    private void tryStep() throws IOException {
        try {
            step();
        } catch (LlamaException | IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            failAll("the runner failed: " + e);
        }
    }

    private void step() throws IOException {
        shiftFull();
        if (running.isEmpty()) return;
        step.prepare(running);
        if (!places.makeRoom(engine.context().batch().size())) {
            giveUpYoungest();
            return;
        }
        engine.context().resetAbort();
        step.markAbortable();
        // A cancel sets its mark before it looks for ours, and we look after setting ours: one of both sees the other.
        int result = anyCancelled() ? Context.ABORTED : step.compute();
        step.unmarkAbortable();
        conclude(result);
    }

    private void shiftFull() throws IOException {
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (sequence.place() == Sequence.NOWHERE || sequence.surplus() == 0) continue;
            if (!places.shift(sequence)) end(sequence, StopReason.LENGTH);
        }
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
            case Context.ABORTED -> rewind();
            case Context.NO_ROOM -> giveUpYoungest();
            case Context.NO_MEMORY -> failAll(Fault.OUT_OF_MEMORY, Context.NO_MEMORY_WORDS);
            default -> failAll("llama.cpp could not compute the batch (llama_decode returned " + result + ")");
        }
    }

    private void rewind() {
        for (Sequence sequence : step.members()) countPrompt(places.rewind(sequence));
    }

    /** Each sequence has its part of the cache, so this is a bug; the youngest pays, the others go on. */
    private void giveUpYoungest() throws IOException {
        rewind();
        fail(step.members().getLast(), "the context has no room for this sequence");
    }

    private void failAll(String message) throws IOException {
        failAll(Fault.INTERNAL, message);
    }

    private void failAll(Fault fault, String message) throws IOException {
        for (Sequence sequence : List.copyOf(running)) {
            if (sequence.place() != Sequence.NOWHERE) fail(sequence, fault, message);
        }
    }

    private void fail(Sequence sequence, String message) throws IOException {
        fail(sequence, Fault.INTERNAL, message);
    }

    private void fail(Sequence sequence, Fault fault, String message) throws IOException {
        places.drop(sequence);
        release(sequence);
        answers.fail(sequence.request(), fault, message);
    }

    private void advance() throws IOException {
        countPrompt(step.prompted());
        places.computed(engine.context().batch().size());
        List<Sequence> members = step.members();
        for (int i = 0; i < members.size(); i++) {
            Sequence sequence = members.get(i);
            if (sequence.share() > 0) advance(sequence);
        }
        step.finished();
    }

    private void advance(Sequence sequence) throws IOException {
        StopReason ended;
        try {
            ended = sequence.advance() ? answers.read(sequence) : null;
        } catch (LlamaException e) {
            // Its own order cannot be followed, as when a grammar leaves no token: nobody else pays for it.
            fail(sequence, e.code(), e.getMessage());
            return;
        }
        if (sequence.judge()) places.cut(sequence);
        if (ended == null) places.grown(sequence);
        else end(sequence, ended);
    }

    private void end(Sequence sequence, StopReason reason) throws IOException {
        release(sequence);
        answers.end(sequence, reason);
    }

    private void release(Sequence sequence) {
        running.remove(sequence);
        requests.ended(sequence.request());
        places.leave(sequence);
        sequence.close();
        count();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countPrompt(int tokens) {
        promptTokens += tokens;
    }
}
