package dev.paddock.scheduler;

import dev.paddock.api.engine.EngineService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what backends an engine has, now and whenever that changes, until it is closed. */
final class EngineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);

    private final EngineService engine;
    private final Consumer<Event> tell;
    private final EngineService.Watch watch;

    EngineWatch(EngineService engine, Consumer<Event> tell) {
        this.engine = engine;
        this.tell = tell;
        this.watch = engine.onBackendsChanged(this::look);
        look();
    }

    /** Events must not overtake each other, or an old report would count last. */
    private synchronized void look() {
        try {
            tell.accept(new Event.BackendsChanged(engine.backends()));
        } catch (RuntimeException e) {
            LOG.error("the engine does not tell its backends", e);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
