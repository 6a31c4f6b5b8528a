package dev.paddock.api.security;

/**
 * Who asks, and how urgent it is to them.
 *
 * @param request the id of the request, for explanations; may be empty
 * @param identity who
 * @param priority higher is served earlier; more than the identity may have counts as that; 0 = ordinary
 */
public record Asker(String request, Identity identity, int priority) {
    /** Somebody on this machine without any wishes. */
    public static final Asker LOCAL = new Asker("", Identity.LOCAL, 0);

    public Asker {
        priority = Math.clamp(priority, Identity.LEAST_PRIORITY, identity.mostPriority());
    }
}
