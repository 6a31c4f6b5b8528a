package dev.paddock.runner.decode;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** The requests of a runner: those that wait, first in first out, and those that run. Any thread. */
final class Requests {
    private static final int MOST_WAITING = 4096;
    private static final long MOST_WAITING_TOKENS = 16L << 20;

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Map<Long, Request> running = new HashMap<>();
    private long waitingTokens;
    private boolean stopped;
    private boolean disturbed;

    /** @throws LlamaException when too many wait */
    synchronized void add(Message.Generate order) {
        if (waiting.size() >= MOST_WAITING || waitingTokens + order.order().prompt().length > MOST_WAITING_TOKENS) {
            throw new LlamaException(
                    Fault.QUEUE_FULL,
                    waiting.size() + " requests with " + waitingTokens + " tokens wait in the runner already");
        }
        waiting.add(new Request(order));
        waitingTokens += order.order().prompt().length;
        notifyAll();
    }

    /** The next in line, which runs from now on; null when none waits. */
    synchronized Request poll() {
        Request next = waiting.poll();
        if (next != null) {
            waitingTokens -= next.order().order().prompt().length;
            running.put(next.id(), next);
        }
        return next;
    }

    /** Sleeps until one waits, all is to stop, or there was a disturbance. */
    synchronized void awaitOne() throws InterruptedException {
        while (waiting.isEmpty() && !stopped && !disturbed) wait();
        disturbed = false;
    }

    /** Ends the sleep, or the next one. */
    synchronized void disturb() {
        disturbed = true;
        notifyAll();
    }

    /** Takes it out of the line, or marks it when it runs; null when it is unknown (it may just have ended). */
    synchronized Request cancel(long id) {
        Request found = running.get(id);
        for (Request request : waiting) found = request.id() == id ? request : found;
        if (found != null) {
            found.cancel();
            if (waiting.remove(found)) waitingTokens -= found.order().order().prompt().length;
        }
        return found;
    }

    synchronized boolean isRunning(Request request) {
        return running.get(request.id()) == request;
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
}
