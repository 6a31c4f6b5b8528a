package dev.paddock.api.security;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The API keys of this server. Secrets are kept as hashes only. Every change is on disk when the method returns, and
 * counts from the next request on. All methods may be called by any thread.
 */
@ProviderType
public interface Keys {
    /** How the secret of a key begins. */
    String KEY = "pk-";

    /** How a {@link #ticket} begins. */
    String TICKET = "pt-";

    /** Whether there are keys, expired ones included; true also when nobody can tell, because their file is damaged. */
    boolean exist();

    /**
     * Who shows a secret.
     *
     * @throws PaddockException with {@link Fault#UNAUTHENTICATED} when it is no key, or one that has expired; with {@link
     *     Fault#UNAVAILABLE} when keys cannot be checked
     */
    Identity identify(String secret);

    /**
     * Goes on only if the key of an identity that was identified some time ago is good still: work that was left to the
     * server must not outlive it. Who has no key goes on.
     *
     * @throws PaddockException with {@link Fault#UNAUTHENTICATED}
     */
    void requireCurrent(Identity identity);

    /**
     * Takes one request out of what an identity may ask for; nothing is taken of who has no key.
     *
     * @return ends the request; closing twice is harmless
     * @throws BusyException with {@link Fault#RATE_LIMITED} when it asks too much
     */
    Use begin(Identity identity);

    /** Counts tokens that an identity took; nothing happens for who has no key. */
    void spent(Identity identity, long tokens);

    /** All keys, the oldest first. */
    List<Key> list();

    /**
     * Makes a key.
     *
     * @param name 1 to 64 letters, digits and {@code . _ @ + -}; no other key has it
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the name or the expiry cannot be, {@link
     *     Fault#STORE_FAILED} when it could not be kept
     */
    Issued create(String name, Grant grant, Optional<Instant> expiresAt);

    /**
     * Ends a key.
     *
     * @param idOrName its id, or its name
     * @throws PaddockException with {@link Fault#NOT_FOUND}, or {@link Fault#STORE_FAILED}
     */
    Key revoke(String idOrName);

    /**
     * Gives a key another secret; the one before is refused from now on.
     *
     * @param idOrName its id, or its name
     * @throws PaddockException with {@link Fault#NOT_FOUND}, or {@link Fault#STORE_FAILED}
     */
    Issued rotate(String idOrName);

    /**
     * A secret with the scope admin that lives in memory only, for a page of the server's own.
     *
     * @param life after which it is refused; an hour at the most
     */
    String ticket(Duration life);

    /** A request that counts among those at the same time. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }
}
