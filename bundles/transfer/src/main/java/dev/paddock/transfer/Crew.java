package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Threads that do pieces of one work. The first failure ends all of it; closing it returns when no thread is left. They are
 * platform threads: bytes that pour in cost a virtual one twice the time, and there are only a few.
 */
final class Crew<T> implements AutoCloseable {
    /** What is done with a piece. */
    @FunctionalInterface
    interface Labour<T> {
        /** @param proven to be called when it is clear that others can work too */
        void on(T piece, Runnable proven) throws IOException, InterruptedException;
    }

    private static final long STEP_MILLIS = 20;

    private final Supplier<T> pieces;
    private final Labour<T> labour;
    private final Consumer<Thread> aborted;
    private final List<Thread> threads = new ArrayList<>();
    private boolean proven;
    private int running;
    private Exception failure;

    /**
     * @param pieces gives the next one, or null when there are no more; safe for many threads
     * @param aborted ends what a thread waits for and an interrupt does not
     */
    Crew(Supplier<T> pieces, Labour<T> labour, Consumer<Thread> aborted) {
        this.pieces = pieces;
        this.labour = labour;
        this.aborted = aborted;
    }

    /**
     * Does all pieces. One goes ahead; when it has proven that others can work too, they follow one by one.
     *
     * @param size the most at once
     * @param enough whether those who work are enough for now
     */
    void run(int size, BooleanSupplier enough) throws IOException, InterruptedException {
        synchronized (this) {
            start();
            while (running > 0 && failure == null) {
                boolean growing = proven && threads.size() < size;
                wait(growing ? STEP_MILLIS : 0);
                if (growing && running > 0 && failure == null && !enough.getAsBoolean()) start();
            }
        }
        close();
        rethrow();
    }

    private synchronized void proven() {
        if (proven) return;
        proven = true;
        notifyAll();
    }

    private void start() {
        running++;
        threads.add(Thread.ofPlatform().daemon().name("transfer-part").start(this::work));
    }

    private void work() {
        Exception failed = null;
        try {
            for (T piece = pieces.get(); piece != null; piece = pieces.get()) labour.on(piece, this::proven);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failed = e;
        } catch (Error e) {
            failed = new IllegalStateException("a thread of a transfer died", e);
            throw e;
        } finally {
            ended(failed);
        }
    }

    private synchronized void ended(Exception failed) {
        running--;
        if (failure == null) failure = failed;
        notifyAll();
    }

    private synchronized void rethrow() throws IOException, InterruptedException {
        switch (failure) {
            case null -> {}
            case PaddockException e -> throw e;
            case RuntimeException e -> throw e;
            case InterruptedException e -> throw e;
            case IOException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        List<Thread> left;
        synchronized (this) {
            left = List.copyOf(threads);
        }
        left.forEach(Thread::interrupt);
        left.forEach(aborted);
        boolean interrupted = false;
        for (Thread thread : left) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
