package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The background work at start, in order, and the gate that opens when the first model is there. What takes long waits until
 * the server answers. Afterwards, once a
 * minute, what is only in memory goes to the disk, and blobs that were adopted meanwhile are read.
 */
final class StoreStart implements AutoCloseable {
    /** Longest wait for the first model, counted from the start; later callers do not wait again. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long TICK_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long CLOSE_MILLIS = 2_000;
    private static final String DIGESTS = "digests";
    private static final String OFF = "switched off";
    private static final List<String> STEPS = List.of(
            "directories",
            "blob names",
            "starter model",
            "sizes",
            "unused files",
            "empty directories",
            "models",
            DIGESTS);

    private final Stock stock;
    private final ModelShelf shelf;
    private final StarterInstaller starter;
    private final Housekeeping housekeeping;
    private final Calm calm;
    private final Steps steps = new Steps(STEPS);
    private final CountDownLatch models = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final long deadline = System.nanoTime() + WAIT_NANOS;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("storage-housekeeping").unstarted(this::run);

    /** Waits, for some seconds at most, until the rest of the server has started. */
    @FunctionalInterface
    interface Calm {
        /** For a store without a server around it. */
        Calm NOW = () -> {};

        void await() throws InterruptedException;
    }

    StoreStart(Stock stock, ModelShelf shelf, StarterInstaller starter, Calm calm) {
        this.calm = calm;
        this.stock = stock;
        this.shelf = shelf;
        this.starter = starter;
        this.housekeeping = new Housekeeping(stock);
    }

    void begin() {
        thread.start();
    }

    Steps steps() {
        return steps;
    }

    /** Waits until the first model is installed or need not be, but not longer than ten seconds from the start. */
    void awaitModels() {
        try {
            if (models.getCount() > 0) models.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every step had its turn. */
    void join() throws InterruptedException {
        done.await();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stock.books().flush();
    }

    private void run() {
        try {
            putInOrder();
            done.countDown();
            while (!Thread.currentThread().isInterrupted()) tick();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            models.countDown();
            done.countDown();
        }
    }

    private void putInOrder() throws InterruptedException {
        boolean prune = stock.settings().prune();
        steps.run("directories", housekeeping::directories);
        steps.run("blob names", housekeeping::blobNames);
        steps.run("starter model", () -> starter.install(shelf));
        models.countDown();
        calm.await();
        steps.run("sizes", () -> new SizeCheck(stock).run());
        steps.run("unused files", prune ? housekeeping::prune : () -> OFF);
        steps.run("empty directories", prune ? housekeeping::emptyDirectories : () -> OFF);
        steps.run("models", this::index);
        steps.run(DIGESTS, this::digests);
    }

    private void tick() throws InterruptedException {
        Thread.sleep(TICK_MILLIS);
        stock.books().flush();
        if (stock.unread().getAndSet(false)) steps.run(DIGESTS, this::digests);
    }

    /** Reads every model once, so that the first listing finds them read. */
    private String index() {
        var all = shelf.list();
        long bytes = 0;
        for (var model : all) bytes += Math.min(model.size(), Long.MAX_VALUE - bytes);
        if (!all.isEmpty()) stock.books().uses().retain(shelf.digests().keySet());
        return all.size() + " of " + Bytes.text(bytes) + " readable";
    }

    private String digests() throws IOException {
        long rate = stock.settings().verifyRate();
        if (rate == 0) return OFF;
        var check = new DigestCheck(
                stock, new DigestCheck.Order(false, rate, stock.settings().prune()));
        try {
            var outcome = check.run(this::tell);
            return outcome.blobs() + " blobs of " + Bytes.text(outcome.bytes()) + " read, " + outcome.damaged()
                    + " damaged";
        } catch (PaddockException e) {
            if (e.fault() == Fault.CANCELLED) return "stopped; it goes on at the next start";
            throw e;
        }
    }

    private void tell(Progress progress) {
        steps.say(DIGESTS, "reading " + progress.digest());
    }
}
