package dev.paddock.scheduler;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and closes models on virtual threads, because both may take long, and tells how it went. */
final class RunnerDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerDoor.class);

    private final Supplier<Optional<EngineService>> engine;
    private final DraftSearch drafts;
    private final Consumer<Event> tell;
    private final Map<Long, Thread> loading = new ConcurrentHashMap<>();

    RunnerDoor(Supplier<Optional<EngineService>> engine, DraftSearch drafts, Consumer<Event> tell) {
        this.engine = engine;
        this.drafts = drafts;
        this.tell = tell;
    }

    void load(long runner, LoadOrder order) {
        var thread = Thread.ofVirtual().name("load-" + runner).unstarted(() -> {
            try {
                loadNow(runner, order);
            } finally {
                loading.remove(runner);
            }
        });
        loading.put(runner, thread);
        thread.start();
    }

    private void loadNow(long runner, LoadOrder order) {
        try {
            var model = engine.get().orElseThrow(RunnerDoor::noEngine).load(drafts.completed(order));
            var facts = model.facts();
            LOG.info(
                    "loaded {} in {} ms, {} of them for its weights: {}, {} tokens of context, {} at once, {} MB{}",
                    order.model(),
                    facts.loadMillis(),
                    facts.weightsMillis(),
                    facts.backend(),
                    facts.contextLength(),
                    facts.parallel(),
                    facts.memoryBytes() / 1_000_000,
                    facts.draft().weights().isPresent()
                            ? ", draft model " + facts.draft().model()
                            : "");
            tell.accept(new Event.Loaded(runner, model));
            model.ended().thenAccept(reason -> tell.accept(new Event.Ended(runner, reason)));
        } catch (PaddockException e) {
            LOG.warn("could not load {}: {}", order.model(), e.getMessage());
            tell.accept(new Event.LoadFailed(runner, e));
        } catch (RuntimeException e) {
            LOG.error("could not load {}", order.model(), e);
            var cause = new PaddockException(Fault.INTERNAL, "could not load " + order.model() + ": " + e, e);
            tell.accept(new Event.LoadFailed(runner, cause));
        }
    }

    private static PaddockException noEngine() {
        return new PaddockException(
                Fault.UNAVAILABLE,
                "no engine is running, so no model can be loaded; install or start the bundle dev.paddock.engine");
    }

    void abort(long runner) {
        var thread = loading.get(runner);
        if (thread != null) thread.interrupt();
    }

    void close(Effect.Close close) {
        Thread.ofVirtual().name("close-" + close.runner()).start(() -> {
            try {
                close.model().close();
                LOG.info("unloaded {}: {}", close.name(), close.reason());
            } catch (RuntimeException e) {
                LOG.error("closing the runner of {} failed", close.name(), e);
            } finally {
                tell.accept(new Event.Closed(close.runner()));
            }
        });
    }
}
