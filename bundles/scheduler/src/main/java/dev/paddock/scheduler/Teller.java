package dev.paddock.scheduler;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes decisions on to whoever remembers them; when nobody does, they go to the log. */
final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final AtomicReference<Decisions> decisions = new AtomicReference<>();

    void bind(Decisions service) {
        decisions.set(service);
    }

    void unbind(Decisions service) {
        decisions.compareAndSet(service, null);
    }

    void tell(Effect.Tell tell) {
        var service = decisions.get();
        if (service == null) {
            LOG.info("{}: {}", tell.kind(), tell.text());
            return;
        }
        try {
            service.add(new Decision(
                    Instant.now(), tell.kind(), tell.request(), tell.model(), tell.text(), tell.numbers()));
        } catch (RuntimeException e) {
            LOG.warn("{}: {} (it could not be remembered)", tell.kind(), tell.text(), e);
        }
    }
}
