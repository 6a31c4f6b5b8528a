package dev.paddock.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The background work at start, in order, and the gate that opens when the first model is there. */
final class StoreStart implements AutoCloseable {
    /** Longest wait for the first model, counted from the start; later callers do not wait again. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ModelShelf shelf;
    private final StarterInstaller starter;
    private final Housekeeping housekeeping;
    private final boolean prune;
    private final CountDownLatch models = new CountDownLatch(1);
    private final long deadline = System.nanoTime() + WAIT_NANOS;
    private final Thread thread =
            Thread.ofVirtual().name("storage-housekeeping").unstarted(this::run);

    StoreStart(ModelShelf shelf, StoreLayout layout, StarterInstaller starter, boolean prune) {
        this.shelf = shelf;
        this.starter = starter;
        this.housekeeping = new Housekeeping(layout, shelf.tree(), shelf.lock());
        this.prune = prune;
    }

    void begin() {
        thread.start();
    }

    /** Waits until the first model is installed or need not be, but not longer than ten seconds from the start. */
    void awaitModels() {
        try {
            if (models.getCount() > 0) models.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            step("directories", housekeeping::directories);
            step("blob names", housekeeping::blobNames);
            step("starter model", () -> starter.install(shelf));
        } finally {
            models.countDown();
        }
        if (prune) step("unused files", housekeeping::prune);
        step("empty directories", housekeeping::emptyDirectories);
        step("models", this::index);
    }

    private static void step(String name, Housekeeping.Step step) {
        if (!Thread.currentThread().isInterrupted()) Housekeeping.run(name, step);
    }

    /** Reads every model once, so that the first listing finds them read. */
    private String index() {
        var all = shelf.list();
        long bytes = 0;
        for (var model : all) bytes += Math.min(model.size(), Long.MAX_VALUE - bytes);
        return all.size() + " of " + Housekeeping.size(bytes) + " readable";
    }
}
