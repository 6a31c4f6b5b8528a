package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Threads that do pieces of one work. The first failure ends all of it; closing it returns when no thread is left. */
final class Crew<T> implements AutoCloseable {
    /** What is done with a piece. */
    @FunctionalInterface
    interface Labour<T> {
        /** @param proven to be called when it is clear that others can work too */
        void on(T piece, Runnable proven) throws IOException, InterruptedException;
    }

    private final Supplier<T> pieces;
    private final Labour<T> labour;
    private final List<Thread> threads = new ArrayList<>();
    private boolean proven;
    private int running;
    private Exception failure;

    /** @param pieces gives the next one, or null when there are no more; safe for many threads */
    Crew(Supplier<T> pieces, Labour<T> labour) {
        this.pieces = pieces;
        this.labour = labour;
    }

    /** Does all pieces, at most so many at once. One goes ahead. */
    void run(int size) throws IOException, InterruptedException {
        synchronized (this) {
            start();
            while (running > 0 && failure == null) {
                if (proven && threads.size() < size) start();
                else wait();
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
        threads.add(Thread.ofVirtual().name("transfer-part").start(this::work));
    }

    private void work() {
        Exception failed = null;
        try {
            for (T piece = pieces.get(); piece != null; piece = pieces.get()) labour.on(piece, this::proven);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failed = e;
        }
        synchronized (this) {
            running--;
            if (failure == null) failure = failed;
            notifyAll();
        }
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
