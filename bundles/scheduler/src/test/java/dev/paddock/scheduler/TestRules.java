package dev.paddock.scheduler;

import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import java.time.Duration;

/** Rules for tests, with only what a test is about. */
final class TestRules {
    static final Offload AUTO = new Offload(Offload.Mode.AUTO, 0, false);

    private TestRules() {}

    static Rules of(String keepAlive, int maxLoaded, int maxQueue, Rules.Sizes sizes, Duration patience) {
        return new Rules(
                new Rules.Residency(KeepAlive.parse(keepAlive), maxLoaded, ModelNames.NONE, ModelNames.NONE),
                new Rules.Fairness(maxQueue, 0, 0, patience, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                sizes,
                placing(AUTO, Rules.Rebalance.IDLE));
    }

    static Rules.Sizes sizes(int parallel, int contextLength, int contextLimit, int threads) {
        return new Rules.Sizes(parallel, contextLength, contextLimit, threads, DraftModels.NONE);
    }

    static Rules of(int maxLoaded, int maxQueue, int parallel) {
        return of("5m", maxLoaded, maxQueue, sizes(parallel, 0, 8192, 0), Duration.ofSeconds(10));
    }

    static Rules.Placing placing(Offload offload, Rules.Rebalance rebalance) {
        return new Rules.Placing(offload, BackendPins.NONE, rebalance, 5, Duration.ofSeconds(30));
    }

    static Rules with(Rules rules, Rules.Placing placing) {
        return new Rules(rules.residency(), rules.fairness(), rules.sizes(), placing);
    }

    static Rules pinned(Rules rules, String... names) {
        var old = rules.residency();
        var residency =
                new Rules.Residency(old.keepAlive(), old.maxLoaded(), old.preload(), ModelNames.of("pinned", names));
        return new Rules(residency, rules.fairness(), rules.sizes(), rules.placing());
    }

    static Rules preloaded(Rules rules, String... names) {
        var old = rules.residency();
        var residency =
                new Rules.Residency(old.keepAlive(), old.maxLoaded(), ModelNames.of("preload", names), old.pinned());
        return new Rules(residency, rules.fairness(), rules.sizes(), rules.placing());
    }

    static Rules limited(Rules rules, int running, int waiting) {
        var old = rules.fairness();
        var fairness =
                new Rules.Fairness(old.maxQueue(), running, waiting, old.patience(), old.swapPatience(), old.longest());
        return new Rules(rules.residency(), fairness, rules.sizes(), rules.placing());
    }
}
