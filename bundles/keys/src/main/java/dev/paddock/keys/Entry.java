package dev.paddock.keys;

import dev.paddock.api.security.Key;
import dev.paddock.api.security.Keys;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as it is kept.
 *
 * @param key without when it was last used, which is known elsewhere until the file is written
 * @param hash of its secret
 */
record Entry(Key key, String hash) {
    Entry used(Instant at) {
        return new Entry(
                new Key(
                        key.id(),
                        key.name(),
                        key.prefix(),
                        key.grant(),
                        key.createdAt(),
                        key.expiresAt(),
                        Optional.of(at)),
                hash);
    }

    Entry withSecret(String secret) {
        return new Entry(
                new Key(
                        key.id(),
                        key.name(),
                        Secrets.shown(secret, Keys.KEY),
                        key.grant(),
                        key.createdAt(),
                        key.expiresAt(),
                        key.lastUsedAt()),
                Secrets.hash(secret));
    }
}
