package dev.paddock.api.inference;

import java.time.Duration;

/**
 * What answers a request, and what it waited for.
 *
 * @param backend what computes, for example {@code CPU (zen4)}
 * @param window tokens that prompt and answer share
 * @param queued waiting for its turn
 * @param load waiting for the model to be ready; zero when it was
 */
public record Serving(String backend, int window, Duration queued, Duration load) {}
