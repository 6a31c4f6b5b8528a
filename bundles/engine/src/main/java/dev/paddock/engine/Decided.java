package dev.paddock.engine;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of decisions to who remembers them, if somebody does; the log hears of them in any case. */
final class Decided {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);

    private final AtomicReference<Decisions> memory = new AtomicReference<>();

    void remember(Decisions decisions) {
        memory.set(decisions);
    }

    void forget(Decisions decisions) {
        memory.compareAndSet(decisions, null);
    }

    /**
     * Something was decided.
     *
     * @param model display name; empty = none
     * @param numbers names and values in turn
     */
    void tell(Decision.Kind kind, String model, String text, Object... numbers) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i + 1 < numbers.length; i += 2) all.put(numbers[i].toString(), numbers[i + 1]);
        var to = memory.get();
        if (to == null) LOG.info("{}", text);
        else to.add(new Decision(InstantSource.system().instant(), kind, "", model, text, all));
    }
}
