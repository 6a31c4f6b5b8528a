package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.Housekeeper.Step;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of housekeeping one by one; one that fails is logged, remembered and stops nothing. */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    /** One piece of work; gives what it did, in words. */
    @FunctionalInterface
    interface Work {
        String run() throws IOException;
    }

    private record Entry(Step.State state, String outcome, long startNanos, long millis) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param names all steps that will come, in order */
    Steps(List<String> names) {
        for (String name : names) entries.put(name, new Entry(Step.State.WAITING, "", 0, 0));
    }

    /** How they stand. */
    synchronized List<Step> all() {
        return entries.entrySet().stream()
                .map(e -> {
                    Entry entry = e.getValue();
                    long millis =
                            entry.state() == Step.State.RUNNING ? millisSince(entry.startNanos()) : entry.millis();
                    return new Step(e.getKey(), entry.state(), entry.outcome(), millis);
                })
                .toList();
    }

    /** How far the running step has come, in words. */
    synchronized void say(String name, String outcome) {
        entries.computeIfPresent(name, (_, e) -> new Entry(e.state(), outcome, e.startNanos(), e.millis()));
    }

    /** Runs one step; never throws. An interrupted thread does not begin one. */
    void run(String name, Work work) {
        if (Thread.currentThread().isInterrupted()) return;
        long start = System.nanoTime();
        set(name, new Entry(Step.State.RUNNING, "", start, 0));
        try {
            String outcome = work.run();
            LOG.info("storage housekeeping: {}: {} in {} ms", name, outcome, millisSince(start));
            set(name, new Entry(Step.State.DONE, outcome, start, millisSince(start)));
        } catch (IOException e) {
            failed(name, start, StoreFaults.reason(e));
        } catch (PaddockException e) {
            failed(name, start, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("storage housekeeping: {} failed", name, e);
            failed(name, start, "a bug: " + e);
        }
    }

    private void failed(String name, long start, String reason) {
        if (Thread.currentThread().isInterrupted()) {
            LOG.info("storage housekeeping: {}: stopped after {} ms", name, millisSince(start));
            set(name, new Entry(Step.State.WAITING, "stopped", start, millisSince(start)));
            return;
        }
        LOG.warn("storage housekeeping: {} failed after {} ms: {}", name, millisSince(start), reason);
        set(name, new Entry(Step.State.FAILED, reason, start, millisSince(start)));
    }

    private synchronized void set(String name, Entry entry) {
        entries.put(name, entry);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
