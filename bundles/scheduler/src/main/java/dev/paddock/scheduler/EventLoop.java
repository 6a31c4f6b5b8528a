package dev.paddock.scheduler;

import dev.paddock.api.scheduler.DeviceMemory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the core: takes events, keeps the timer, publishes what is held and hands out the effects.
 * An event that is posted is handled, unless the loop has ended.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final SchedulingCore core;
    private final Consumer<Effect> effects;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final long origin = System.nanoTime();
    private final Thread thread;
    private volatile List<SchedulingCore.Held> held = List.of();
    private volatile List<SchedulingCore.Coming> coming = List.of();
    private volatile List<DeviceMemory> memory = List.of();

    EventLoop(SchedulingCore core, Consumer<Effect> effects) {
        this.core = core;
        this.effects = effects;
        this.thread = Thread.ofPlatform().daemon().name("scheduler").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Nanoseconds on the core's clock. */
    long now() {
        return System.nanoTime() - origin;
    }

    void post(Event event) {
        events.add(event);
    }

    /** What was in memory after the last event. */
    List<SchedulingCore.Held> held() {
        return held;
    }

    /** What was on its way after the last event. */
    List<SchedulingCore.Coming> coming() {
        return coming;
    }

    /** The memory's accounts after the last event. */
    List<DeviceMemory> memory() {
        return memory;
    }

    /** Waits until the loop has ended after {@link Event.Stop}; false when the time was not enough. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return thread.join(Duration.ofMillis(millis));
    }

    private void run() {
        while (!core.done()) {
            try {
                handle(next());
            } catch (InterruptedException e) {
                LOG.warn("the scheduler's thread was interrupted and goes on; nobody should do that");
            } catch (RuntimeException e) {
                LOG.error("a bug in the scheduler; it goes on with the next event", e);
            }
        }
    }

    private Event next() throws InterruptedException {
        long now = now();
        var deadline = core.nextDeadline(now);
        if (deadline.isEmpty()) return events.take();
        var event = events.poll(deadline.getAsLong() - now, TimeUnit.NANOSECONDS);
        return event == null ? new Event.Tick() : event;
    }

    private void handle(Event event) {
        var todo = core.handle(event, now());
        // Published first: who gets a lease sees its model among the residents.
        held = core.held();
        coming = core.coming();
        memory = core.memory();
        todo.forEach(effects);
    }
}
