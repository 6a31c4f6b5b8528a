package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work in a virtual thread of its own: whoever waits for it can be interrupted whatever it does, and tell meanwhile how far
 * it has come.
 */
final class Background<T> implements AutoCloseable {
    /** The work. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    private final Work<T> work;
    private final Runnable done;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private T result;
    private Exception failure;

    /** @param done is called when it has ended */
    Background(String name, Work<T> work, Runnable done) {
        this.work = work;
        this.done = done;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Runs something and waits for it. */
    static <T> T of(String name, Work<T> work) throws IOException, InterruptedException {
        try (var background = new Background<>(name, work, () -> {})) {
            background.start();
            background.await(Long.MAX_VALUE);
            return background.result();
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            result = work.run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException("a thread of a transfer died", e);
            throw e;
        } finally {
            ended.countDown();
            done.run();
        }
    }

    /** Waits so long. */
    boolean await(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean failed() {
        return ended.getCount() == 0 && failure != null;
    }

    /** What came of it; it has ended. */
    T result() throws IOException, InterruptedException {
        return switch (failure) {
            case null -> result;
            case InterruptedException e -> throw e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        };
    }

    /** The same, with failures in words for clients. */
    T outcome() throws InterruptedException {
        try {
            return result();
        } catch (IOException e) {
            throw TransferFaults.of("", e);
        } catch (PaddockException e) {
            throw new PaddockException(e.fault(), e.getMessage(), e);
        }
    }

    /** Stops it, and returns when it has stopped. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) return;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
