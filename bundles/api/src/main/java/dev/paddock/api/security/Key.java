package dev.paddock.api.security;

import java.time.Instant;
import java.util.Optional;

/**
 * An API key as its owner sees it later: without the secret, which nobody can tell any more.
 *
 * @param id names it for good; rotating keeps it
 * @param name what its owner calls it, unique
 * @param prefix how the secret begins, to recognise it by
 * @param grant what it gives
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused; empty = never
 * @param lastUsedAt about when it was last accepted; empty = never
 */
public record Key(
        String id,
        String name,
        String prefix,
        Grant grant,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt) {
    /** Before the name of a key in that of its identity. */
    public static final String IDENTITY = "key ";

    /** Whether it is refused because of its age. */
    public boolean expired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Who asks with it. */
    public Identity identity() {
        return new Identity(
                IDENTITY + name, grant.weight(), grant.priority(), grant.priority(), grant.scopes(), grant.models());
    }
}
