package dev.paddock.api.security;

import java.util.List;
import java.util.Set;

/**
 * What a key gives.
 *
 * @param scopes what it is good for; at least one
 * @param models which models it may use and see; empty = all
 * @param limits how much it may ask for
 * @param priority of its requests, unless they ask for less; {@link Identity#LEAST_PRIORITY} to {@link
 *     Identity#MOST_PRIORITY}
 * @param weight its share of the tokens beside others; above 0
 */
public record Grant(Set<Scope> scopes, List<ModelPattern> models, Limits limits, int priority, double weight) {
    /** What is not told otherwise: ordinary use of all models. */
    public static final Grant ORDINARY =
            new Grant(Set.of(Scope.INFER, Scope.MODELS_READ), List.of(), Limits.NONE, 0, 1);

    private static final int MOST_MODELS = 100;
    private static final double MOST_WEIGHT = 1000;

    public Grant {
        scopes = Set.copyOf(scopes);
        models = List.copyOf(models);
        if (scopes.isEmpty()) throw new IllegalArgumentException("a key needs at least one scope");
        if (models.size() > MOST_MODELS) {
            throw new IllegalArgumentException("a key has at most " + MOST_MODELS + " model patterns");
        }
        if (priority < Identity.LEAST_PRIORITY || priority > Identity.MOST_PRIORITY) {
            throw new IllegalArgumentException(
                    "priority must be " + Identity.LEAST_PRIORITY + " to " + Identity.MOST_PRIORITY);
        }
        if (!(weight > 0) || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight must be above 0 and at most " + (int) MOST_WEIGHT);
        }
    }
}
