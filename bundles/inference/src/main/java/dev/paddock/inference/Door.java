package dev.paddock.inference;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Observers;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Keys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one way to a model: nobody passes while the server drains or whose key has ended, and those who watch are told of everybody who does. */
final class Door {
    private final Scheduler scheduler;
    private final ModelStore store;
    private final Supplier<Keys> keys;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final AtomicReference<Drain> drain = new AtomicReference<>();

    /** Somebody who has got in; the lease is theirs to close, and the watch theirs to be told. */
    record Guest(Lease lease, Watch watch, Duration queued) {
        /** @param window tokens that prompt and answer share */
        Serving serving(int window) {
            return new Serving(lease.model().facts().backend(), window, queued, lease.loadTime());
        }

        /** What came without a stream is there, and took so much. */
        void done(int tokens, Duration time) {
            lease.used(tokens);
            watch.done(Tally.plain(tokens, 0, time, Duration.ZERO));
        }
    }

    /** @param keys knows which are good and counts what each takes; gives null while nobody does */
    Door(Scheduler scheduler, ModelStore store, Supplier<Keys> keys) {
        this.scheduler = scheduler;
        this.store = store;
        this.keys = keys;
    }

    void add(Observer observer) {
        observers.add(observer);
    }

    void remove(Observer observer) {
        observers.remove(observer);
    }

    void bind(Drain service) {
        drain.set(service);
    }

    void unbind(Drain service) {
        drain.compareAndSet(service, null);
    }

    /** Waits for the model and leads somebody to it; a failure on the way gives the lease back. */
    <T> T enter(Work.Kind kind, LeaseRequest request, Function<Guest, T> use) {
        Drain present = drain.get();
        if (present != null) present.admit();
        Keys known = keys.get();
        if (known != null) known.requireCurrent(request.asker().identity());
        var watch =
                Observers.begin(observers, new Work(kind, request.model().name().display(), request.asker()));
        return Observers.watched(watch, () -> {
            long asked = System.nanoTime();
            var lease = new ChargedLease(scheduler.lease(request), tokens -> charge(request, tokens));
            try {
                store.used(request.model());
                var queued = Duration.ofNanos(System.nanoTime() - asked).minus(lease.loadTime());
                return use.apply(new Guest(lease, watch, queued.isNegative() ? Duration.ZERO : queued));
            } catch (Throwable failure) {
                lease.close();
                throw failure;
            }
        });
    }

    private void charge(LeaseRequest request, long tokens) {
        Keys known = keys.get();
        if (known != null) known.spent(request.asker().identity(), tokens);
    }

    /** {@link #enter} for who needs the model no longer than the call takes. */
    <T> T visit(Work.Kind kind, LeaseRequest request, Function<Guest, T> use) {
        return enter(kind, request, guest -> {
            var model = guest.lease().model();
            guest.watch().granted(guest.serving(model.facts().contextLength()));
            T result = use.apply(guest);
            guest.lease().close();
            return result;
        });
    }
}
