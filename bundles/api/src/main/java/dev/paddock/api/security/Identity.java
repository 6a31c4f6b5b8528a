package dev.paddock.api.security;

/**
 * Who is asking: the owner of an API key, or {@link #LOCAL} where no key is asked for.
 *
 * @param name unique among identities, shown in logs and used for fairness
 */
public record Identity(String name) {
    /** Everybody on this machine while no keys are configured. */
    public static final Identity LOCAL = new Identity("local");
}
