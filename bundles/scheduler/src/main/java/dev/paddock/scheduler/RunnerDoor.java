package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans, loads, moves and closes models on virtual threads, because all may take long, and tells how it went. */
final class RunnerDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerDoor.class);

    private final Supplier<Optional<EngineService>> engine;
    private final DraftSearch drafts;
    private final Consumer<Event> tell;
    private final Map<Long, Thread> busy = new ConcurrentHashMap<>();
    private final Map<Long, Double> progress = new ConcurrentHashMap<>();

    RunnerDoor(Supplier<Optional<EngineService>> engine, DraftSearch drafts, Consumer<Event> tell) {
        this.engine = engine;
        this.drafts = drafts;
        this.tell = tell;
    }

    private EngineService engine() {
        return engine.get()
                .orElseThrow(() -> new PaddockException(
                        Fault.UNAVAILABLE,
                        "no engine is running, so no model can be loaded; install or start the bundle"
                                + " dev.paddock.engine"));
    }

    void plan(Effect.Plan plan) {
        start(
                "plan-",
                plan.plan(),
                () -> attempt(
                        plan.order().model(),
                        () -> {
                            var service = engine();
                            var fits = service.fit(drafts.completed(plan.order()), plan.contexts(), plan.placements());
                            tell.accept(new Event.Planned(plan.plan(), fits, service.devices(), size(plan.adapters())));
                        },
                        cause -> new Event.PlanFailed(plan.plan(), cause)));
    }

    void look() {
        Thread.ofVirtual().name("look").start(() -> {
            List<Device> devices = List.of();
            try {
                devices = engine().devices();
            } catch (RuntimeException e) {
                LOG.debug("the memory cannot be looked at", e);
            } finally {
                tell.accept(new Event.Looked(devices));
            }
        });
    }

    private static long size(Iterable<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                // The load will say what is wrong with it.
                LOG.debug("the size of {} cannot be read", file, e);
            }
        }
        return bytes;
    }

    void load(long runner, LoadOrder order) {
        start("load-", runner, () -> {
            try {
                attempt(order.model(), () -> loadNow(runner, order), cause -> new Event.LoadFailed(runner, cause));
            } finally {
                progress.remove(runner);
            }
        });
    }

    private void loadNow(long runner, LoadOrder order) {
        var model = engine().load(drafts.completed(order), done -> progress.put(runner, done));
        tell.accept(new Event.Loaded(runner, model));
        model.ended().thenAccept(reason -> tell.accept(new Event.Ended(runner, reason)));
    }

    void move(Effect.MoveIt move) {
        start(
                "move-",
                move.runner(),
                () -> attempt(
                        move.order().model(),
                        () -> tell.accept(new Event.Moved(
                                move.runner(), move.model().move(drafts.completed(move.order()), move.terms()))),
                        cause -> new Event.MoveFailed(move.runner(), cause)));
    }

    private void start(String name, long number, Runnable work) {
        var thread = Thread.ofVirtual().name(name + number).unstarted(() -> {
            try {
                work.run();
            } finally {
                busy.remove(number);
            }
        });
        busy.put(number, thread);
        thread.start();
    }

    private void attempt(String model, Runnable work, Function<PaddockException, Event> failure) {
        try {
            work.run();
        } catch (PaddockException e) {
            tell.accept(failure.apply(e));
        } catch (UnsupportedOperationException e) {
            tell.accept(failure.apply(new PaddockException(Fault.UNSUPPORTED, "the engine cannot do that: " + e, e)));
        } catch (RuntimeException e) {
            LOG.error("a bug at the engine's door, with {}", model, e);
            tell.accept(failure.apply(new PaddockException(Fault.INTERNAL, model + " failed: " + e, e)));
        }
    }

    /** Interrupts a plan, a load or a move. */
    void abort(long number) {
        var thread = busy.get(number);
        if (thread != null) thread.interrupt();
    }

    /** How far a load is, 0 to 1. */
    double progress(long runner) {
        return progress.getOrDefault(runner, 0.0);
    }

    void close(Effect.Close close) {
        Thread.ofVirtual().name("close-" + close.runner()).start(() -> {
            try {
                close.model().close();
            } catch (RuntimeException e) {
                LOG.error("closing the runner of {} failed", close.name(), e);
            } finally {
                tell.accept(new Event.Closed(close.runner()));
            }
        });
    }
}
