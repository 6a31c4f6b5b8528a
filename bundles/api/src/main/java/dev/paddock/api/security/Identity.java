package dev.paddock.api.security;

/**
 * Who is asking: the owner of an API key, or {@link #LOCAL} where no key is asked for.
 *
 * @param name unique among identities, shown in logs and used for fairness
 * @param weight its share beside others; 2 gets twice as many tokens as 1; above 0
 * @param mostPriority the highest priority that its requests may have, {@link #LEAST_PRIORITY} to {@link
 *     #MOST_PRIORITY}
 */
public record Identity(String name, double weight, int mostPriority) {
    /** For what may wait. */
    public static final int LEAST_PRIORITY = -10;

    /** For what should come first. */
    public static final int MOST_PRIORITY = 10;

    /** Everybody on this machine while no keys are configured. */
    public static final Identity LOCAL = new Identity("local");

    public Identity {
        if (!(weight > 0) || mostPriority < LEAST_PRIORITY || mostPriority > MOST_PRIORITY) {
            throw new IllegalArgumentException("weight " + weight + ", priority " + mostPriority);
        }
    }

    /** An ordinary share, any priority. */
    public Identity(String name) {
        this(name, 1, MOST_PRIORITY);
    }
}
