package dev.paddock.api.scheduler;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.model.StoredModel;
import java.time.Instant;
import java.util.Optional;

/**
 * One model in memory.
 *
 * @param model the model
 * @param facts what the runner reported when it was ready
 * @param status what the runner is doing now
 * @param leases requests that hold it
 * @param expiresAt when it is unloaded if nobody asks, and while it is in use, if that ended now; empty = never
 * @param pinned whether the settings say that it stays, whoever else needs the memory
 */
public record Resident(
        StoredModel model,
        RunnerFacts facts,
        RunnerStatus status,
        int leases,
        Optional<Instant> expiresAt,
        boolean pinned) {}
