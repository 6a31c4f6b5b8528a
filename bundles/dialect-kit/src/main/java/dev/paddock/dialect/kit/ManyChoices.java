package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several answers at the same time, each read on a thread of its own from the moment it is opened: an open answer holds a
 * place in the model, and there may be fewer places than answers. Those with the same prompt begin when the first of them
 * has computed it.
 */
final class ManyChoices implements Choices {
    private static final int MOST_AT_ONCE = 16;
    private static final int EVENTS_AHEAD = 64;

    /** What the readers tell. */
    private sealed interface Told {
        record Opened(List<String> notes) implements Told {}

        record Came(Event event) implements Told {}

        record Failed(Throwable failure) implements Told {}
    }

    private final Opener opener;
    private final List<Supplier<EventStream>> calls;
    private final int alike;
    private final BlockingQueue<Told> told = new ArrayBlockingQueue<>(EVENTS_AHEAD);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);
    private final List<CountDownLatch> computed;
    private final Set<Answer> open = ConcurrentHashMap.newKeySet();
    private final List<Thread> readers;
    private volatile boolean closed;
    private List<String> notes = List.of();
    private int left;

    ManyChoices(Opener opener, List<Supplier<EventStream>> calls, int alike) {
        this.opener = opener;
        this.calls = List.copyOf(calls);
        this.alike = alike;
        this.left = calls.size();
        this.computed = Stream.generate(() -> new CountDownLatch(1))
                .limit(Math.ceilDiv(calls.size(), alike))
                .toList();
        this.readers = IntStream.range(0, calls.size())
                .mapToObj(index -> Thread.ofVirtual().name("choice-" + index).unstarted(() -> read(index)))
                .toList();
    }

    /** Starts all and waits for the first that is open. */
    ManyChoices begin() {
        readers.forEach(Thread::start);
        try {
            switch (take()) {
                case Told.Opened opened -> notes = opened.notes();
                case Told.Failed failed -> throw thrown(failed);
                case Told.Came early -> throw new IllegalStateException("an event before its answer: " + early);
            }
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void read(int index) {
        CountDownLatch prompt = computed.get(index / alike);
        try {
            if (index % alike > 0) prompt.await();
            places.acquire();
            try {
                read(index, prompt);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            // Closed: nobody listens any more.
        }
    }

    private void read(int index, CountDownLatch prompt) throws InterruptedException {
        try (Answer answer = opener.open(calls.get(index))) {
            open.add(answer);
            try {
                if (!closed) tell(index, answer, prompt);
            } finally {
                open.remove(answer);
            }
        } catch (RuntimeException | Error failure) {
            if (!closed) told.put(new Told.Failed(failure));
        } finally {
            prompt.countDown();
        }
    }

    private void tell(int index, Answer answer, CountDownLatch prompt) throws InterruptedException {
        told.put(new Told.Opened(answer.notes()));
        while (answer.hasNext()) {
            ChatEvent event = answer.next();
            told.put(new Told.Came(new Event(index, event)));
            prompt.countDown();
        }
    }

    @Override
    public int count() {
        return calls.size();
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public Event next() {
        if (left == 0) throw new NoSuchElementException("all answers have ended");
        while (true) {
            switch (take()) {
                case Told.Opened _ -> {}
                case Told.Came(Event event) -> {
                    if (event.event() instanceof ChatEvent.Done) left--;
                    return event;
                }
                case Told.Failed failed -> {
                    left = 0;
                    throw thrown(failed);
                }
            }
        }
    }

    private Told take() {
        try {
            return told.take();
        } catch (InterruptedException e) {
            throw new PaddockException(Fault.CANCELLED, "interrupted", e);
        }
    }

    private static RuntimeException thrown(Told.Failed failed) {
        if (failed.failure() instanceof Error error) throw error;
        return (RuntimeException) failed.failure();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() {
        closed = true;
        readers.forEach(Thread::interrupt);
        new ArrayList<>(open).forEach(Answer::close);
        try {
            for (Thread reader : readers) reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
