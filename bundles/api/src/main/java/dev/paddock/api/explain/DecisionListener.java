package dev.paddock.api.explain;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of every decision as it is taken; any bundle may register one. Quick, never blocks; called by many threads. */
@ConsumerType
@FunctionalInterface
public interface DecisionListener {
    /** It was decided. */
    void decided(Decision decision);
}
