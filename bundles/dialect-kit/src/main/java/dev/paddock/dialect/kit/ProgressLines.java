package dev.paddock.dialect.kit;

import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client about the steps of a task, one line each, from a thread of its own: a client that reads slowly holds
 * nobody up, it only hears fewer figures. Closing waits until all that is left was written. Steps are told by one thread
 * at a time.
 */
public final class ProgressLines implements Consumer<Progress>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLines.class);
    /** Lines that wait for a client at most; then the oldest are left out. */
    static final int MOST_WAITING = 10_000;

    /** What a later line takes the place of an earlier one by; steps without figures have a number of their own. */
    private record Key(String status, String digest, long number) {}

    private final NdjsonStream lines;
    private final Runnable gone;
    private final LinkedHashMap<Key, Progress> waiting = new LinkedHashMap<>();
    private final Thread writer;
    private long steps;
    private boolean ended;
    private boolean deaf;

    /** @param gone run once, on another thread, when a line cannot be written */
    ProgressLines(NdjsonStream lines, Runnable gone) {
        this.lines = lines;
        this.gone = gone;
        this.writer = Thread.ofVirtual().name("paddock-progress").start(this::write);
    }

    @Override
    public synchronized void accept(Progress progress) {
        if (deaf) return;
        long number = progress.total() > 0 ? 0 : ++steps;
        waiting.put(new Key(progress.status(), progress.digest(), number), progress);
        if (waiting.size() > MOST_WAITING) waiting.pollFirstEntry();
        notifyAll();
    }

    private void write() {
        try {
            for (var next = next(); next.isPresent(); next = next()) lines.send(json(next.get()));
        } catch (IOException e) {
            LOG.debug("the client is gone", e);
            stopTelling();
            gone.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Progress> next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) wait();
        return Optional.ofNullable(waiting.pollFirstEntry()).map(Map.Entry::getValue);
    }

    private synchronized void stopTelling() {
        deaf = true;
        waiting.clear();
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** The form that Ollama's clients know: figures only where there are some, and none that is 0. */
    public static Map<String, Object> json(Progress progress) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", progress.status());
        if (!progress.digest().isEmpty()) json.put("digest", progress.digest());
        if (progress.total() > 0) json.put("total", progress.total());
        if (progress.completed() > 0) json.put("completed", progress.completed());
        return json;
    }
}
