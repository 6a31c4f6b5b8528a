package dev.paddock.api.engine;

import java.util.List;
import java.util.Optional;

/**
 * An installed backend, as its last probe saw it.
 *
 * @param key which
 * @param probed false while its first probe runs; then there are no devices and no refusal yet
 * @param devices what can be used; empty when it is refused
 * @param refusal why it is not used
 */
public record BackendReport(BackendKey key, boolean probed, List<Device> devices, Optional<Refusal> refusal) {
    public BackendReport {
        devices = List.copyOf(devices);
    }

    /** Whether models can be computed by it. */
    public boolean usable() {
        return probed && refusal.isEmpty();
    }
}
