package dev.paddock.runner.decode;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.cache.Fetch;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The requests of a runner: those that wait, in the order in which they came, and those that run. One whose samplers
 * take long to make keeps its place in the line; until it is ready, those behind it go first. Any thread.
 */
final class Requests implements Fetch.Listener {
    private static final int MOST_WAITING = 4096;
    private static final long MOST_WAITING_TOKENS = 16L << 20;
    /** Sequences made before there is a seat for them; each may hold megabytes. */
    private static final int MOST_MADE = 8;

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Map<Long, Request> running = new HashMap<>();
    private long waitingTokens;
    private boolean stopped;
    private boolean disturbed;

    /**
     * Puts an order in line.
     *
     * @param slow whether {@link Preparation} is to make its sequence
     * @throws LlamaException when too many wait
     */
    synchronized void add(Message.Generate order, boolean slow) {
        if (waiting.size() >= MOST_WAITING || waitingTokens + order.order().prompt().length > MOST_WAITING_TOKENS) {
            throw new LlamaException(
                    Fault.QUEUE_FULL,
                    waiting.size() + " requests with " + waitingTokens + " tokens wait in the runner already");
        }
        waiting.add(new Request(order, slow ? Request.Stage.RAW : Request.Stage.READY));
        waitingTokens += order.order().prompt().length;
        disturb();
    }

    /** The next in line that is ready, which runs from now on; null when there is none. */
    synchronized Request poll() {
        Request next = first(Request.Stage.READY);
        if (next != null) {
            leaveLine(next);
            next.stage(Request.Stage.RUNNING);
            running.put(next.id(), next);
        }
        return next;
    }

    private Request first(Request.Stage stage) {
        for (Request request : waiting) {
            if (request.stage() == stage) return request;
        }
        return null;
    }

    /** False when it is not in line any more. */
    private boolean leaveLine(Request request) {
        if (!waiting.remove(request)) return false;
        waitingTokens -= request.order().order().prompt().length;
        notifyAll(); // there may be room for another sequence
        return true;
    }

    /**
     * Waits for the next whose sequence is to be made.
     *
     * @return null when all is to stop
     */
    synchronized Request takeRaw() throws InterruptedException {
        while (!stopped) {
            Request next = made() < MOST_MADE ? first(Request.Stage.RAW) : null;
            if (next != null) {
                next.stage(Request.Stage.IN_THE_MAKING);
                return next;
            }
            wait();
        }
        return null;
    }

    private int made() {
        int count = 0;
        for (Request request : waiting) count += request.hasSequence() ? 1 : 0;
        return count;
    }

    /** Its sequence was made. False when nobody wants it any more: then it stays the caller's to close. */
    synchronized boolean made(Request request, Sequence sequence) {
        if (stopped || !waiting.contains(request)) return false;
        request.made(sequence);
        disturb();
        return true;
    }

    /** Takes a request out of the line, because its sequence cannot be made; false when nobody waits for an answer. */
    synchronized boolean drop(Request request) {
        return leaveLine(request);
    }

    /** Sleeps until one is ready, all is to stop, or there was a disturbance. */
    synchronized void awaitOne() throws InterruptedException {
        while (first(Request.Stage.READY) == null && !stopped && !disturbed) wait();
        disturbed = false;
    }

    /** Sleeps until there is a disturbance or all is to stop, at most so long. */
    synchronized void pause(long millis) throws InterruptedException {
        if (!stopped && !disturbed) wait(millis);
        disturbed = false;
    }

    /** Ends the sleep, or the next one. */
    synchronized void disturb() {
        disturbed = true;
        notifyAll();
    }

    @Override
    public void fetched() {
        disturb();
    }

    /**
     * Takes it out of the line, and then what was made for it is the caller's to close; or marks it when it runs.
     *
     * @return null when it is unknown (it may just have ended)
     */
    synchronized Request cancel(long id) {
        Request found = running.get(id);
        for (Request request : waiting) found = request.id() == id ? request : found;
        if (found != null) {
            found.cancel();
            leaveLine(found);
            disturb();
        }
        return found;
    }

    /** Whether it was ever given a seat: then whoever ends it answers. */
    synchronized boolean ran(Request request) {
        return request.stage() == Request.Stage.RUNNING;
    }

    synchronized void ended(Request request) {
        running.remove(request.id(), request);
    }

    synchronized void stop() {
        stopped = true;
        running.values().forEach(Request::cancel);
        notifyAll();
    }

    synchronized boolean stopped() {
        return stopped;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Frees what was made for those that wait. After {@link #stop}. */
    synchronized void closeWaiting() {
        for (Request request : waiting) request.close();
    }
}
