package dev.paddock.api.engine;

import java.time.Instant;

/**
 * A model that is not loaded for a while because its runners kept dying.
 *
 * @param model display name
 * @param backends the backends it ran on
 * @param reason what happened, in words
 * @param until when it is tried again
 */
public record Quarantined(String model, String backends, String reason, Instant until) {}
