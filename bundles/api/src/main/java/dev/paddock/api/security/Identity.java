package dev.paddock.api.security;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.util.List;
import java.util.Set;

/**
 * Who is asking: the owner of an API key, or {@link #LOCAL} where no key is asked for.
 *
 * @param name unique among identities, shown in logs and used for fairness
 * @param weight its share beside others; 2 gets twice as many tokens as 1; above 0
 * @param priority of its requests when they do not say; at most {@code mostPriority}
 * @param mostPriority the highest priority that its requests may have, {@link #LEAST_PRIORITY} to {@link
 *     #MOST_PRIORITY}
 * @param scopes what it may do
 * @param models which models it may use; empty = all
 */
public record Identity(
        String name, double weight, int priority, int mostPriority, Set<Scope> scopes, List<ModelPattern> models) {
    /** For what may wait. */
    public static final int LEAST_PRIORITY = -10;

    /** For what should come first. */
    public static final int MOST_PRIORITY = 10;

    private static final Set<Scope> USE = Set.of(Scope.INFER, Scope.MODELS_READ, Scope.MODELS_WRITE);

    /** Everybody on this machine while no keys are asked for. */
    public static final Identity LOCAL = new Identity("local");

    public Identity {
        if (!(weight > 0) || mostPriority < LEAST_PRIORITY || mostPriority > MOST_PRIORITY) {
            throw new IllegalArgumentException("weight " + weight + ", priority " + mostPriority);
        }
        priority = Math.clamp(priority, LEAST_PRIORITY, mostPriority);
        scopes = Set.copyOf(scopes);
        models = List.copyOf(models);
    }

    /** An ordinary share, any priority, everything but the server itself. */
    public Identity(String name) {
        this(name, 1, MOST_PRIORITY);
    }

    /** Everything but the server itself. */
    public Identity(String name, double weight, int mostPriority) {
        this(name, weight, 0, mostPriority, USE, List.of());
    }

    /** Whether it may do what a scope stands for. */
    public boolean has(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether it may use a model, and see it. */
    public boolean mayUse(ModelName model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> pattern.matches(model));
    }

    /** @throws PaddockException with {@link Fault#FORBIDDEN} when it may not use the model, whether there is one or not */
    public void requireModel(ModelName model) {
        if (mayUse(model)) return;
        throw new PaddockException(
                Fault.FORBIDDEN, "this API key is not for the model '" + model.display() + "'; ask the server's owner");
    }
}
