package dev.paddock.metrics;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** What is counted as it happens. docs/operations.md has the same list. */
final class Families {
    private static final double[] WAITS = {0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};
    private static final double[] GAPS = {0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 5};

    private final PrometheusProperties properties = PrometheusProperties.get();
    private final PrometheusRegistry registry;

    final Counter requests;
    final Histogram requestTime;
    final Counter answers;
    final Counter promptTokens;
    final Counter cachedTokens;
    final Counter generatedTokens;
    final Counter draftedTokens;
    final Counter acceptedTokens;
    final Counter resumes;
    final Histogram queueTime;
    final Histogram firstToken;
    final Histogram interToken;
    final Histogram loadTime;
    final Counter evictions;
    final Counter moves;
    final Counter restarts;

    Families(PrometheusRegistry registry) {
        this.registry = registry;
        requests = counter("paddock_requests", "HTTP requests answered", "route", "method", "model", "status");
        requestTime = times("paddock_request", "From an HTTP request's first byte to its answer's end", WAITS, "route");
        answers = counter("paddock_answers", "Work for models that ended, by how", "model", "kind", "outcome");
        promptTokens = tokens("paddock_prompt_tokens", "Tokens of prompts, cached ones included");
        cachedTokens = tokens("paddock_cached_tokens", "Prompt tokens that did not need to be computed");
        generatedTokens = tokens("paddock_generated_tokens", "Tokens generated, counted as they come");
        draftedTokens = counter("paddock_drafted_tokens", "Tokens guessed ahead by speculation", "model");
        acceptedTokens = counter("paddock_accepted_tokens", "Guessed tokens that were right", "model");
        resumes = counter("paddock_resumes", "Times an answer went on after its runner died", "model");
        queueTime = times("paddock_queue", "Waiting for a place, loading not counted", WAITS, "model");
        firstToken = times("paddock_first_token", "From the request to its first token", WAITS, "model");
        interToken = times("paddock_inter_token", "Between two tokens of an answer", GAPS, "model");
        loadTime = times("paddock_load", "Loading a model", WAITS, "model");
        evictions = counter("paddock_evictions", "Models unloaded, whatever for", "model");
        moves = counter("paddock_moves", "Models that went on in another place", "model");
        restarts = counter("paddock_runner_restarts", "Runners that died and were replaced", "model");
    }

    private Counter tokens(String name, String help) {
        return counter(name, help, "model", "backend", "key");
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder(properties)
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram times(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder(properties)
                .name(name + "_seconds")
                .unit(Unit.SECONDS)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }
}
