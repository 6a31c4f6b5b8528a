package dev.paddock.runner.embed;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests that wait. Each gives one input in turn, so that one with a thousand inputs holds back one with a single
 * input for one group only. Any thread.
 */
final class JobQueue {
    private static final int MOST_WAITING = 4096;
    private static final long MOST_WAITING_TOKENS = 16L << 20;

    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final Set<Job> running = new HashSet<>();
    private long waitingTokens;
    private boolean stopped;

    /** @throws LlamaException when too many wait */
    synchronized void add(Job job) {
        if (waiting.size() >= MOST_WAITING || waitingTokens + job.tokens() > MOST_WAITING_TOKENS) {
            throw new LlamaException(
                    Fault.QUEUE_FULL,
                    waiting.size() + " embedding requests with " + waitingTokens
                            + " tokens wait in the runner already");
        }
        waiting.add(job);
        waitingTokens += job.tokens();
        notifyAll();
    }

    /**
     * Waits for inputs, and gives those to be computed together: at least one.
     *
     * @param tokens most of them all, unless the first alone has more
     * @param inputs most inputs
     * @return empty when stopped
     */
    synchronized List<Job.Part> take(int tokens, int inputs) throws InterruptedException {
        while (waiting.isEmpty() && !stopped) wait();
        List<Job.Part> group = new ArrayList<>();
        if (stopped) return group;
        int left = tokens;
        while (!waiting.isEmpty() && group.size() < inputs) {
            Job job = waiting.peek();
            if (!group.isEmpty() && job.next().length() > left) break;
            waiting.poll();
            Job.Part part = job.take();
            group.add(part);
            left -= part.length();
            waitingTokens -= part.length();
            running.add(job);
            if (job.hasMore()) waiting.add(job);
        }
        return group;
    }

    /** The requests of this group have their answers, or wait for their next turn. */
    synchronized void release(List<Job.Part> group) {
        for (Job.Part part : group) running.remove(part.job());
    }

    /** Takes what is left of a request out of the line. */
    synchronized void drop(Job job) {
        if (!waiting.remove(job)) return;
        while (job.hasMore()) waitingTokens -= job.take().length();
    }

    /** Marks a request. One that is not being computed leaves the line and is given back, to be answered. */
    synchronized Job cancel(long id) {
        Job found = null;
        for (Job job : running) found = job.id() == id ? job : found;
        for (Job job : waiting) found = job.id() == id ? job : found;
        if (found == null) return null;
        found.cancel();
        if (running.contains(found)) return null;
        drop(found);
        return found;
    }

    /** Whether nobody wants what is being computed. */
    synchronized boolean allCancelled() {
        for (Job job : running) {
            if (!job.cancelled() && !stopped) return false;
        }
        return true;
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized void awaitStop() throws InterruptedException {
        while (!stopped) wait();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized int running() {
        return running.size();
    }
}
