package dev.paddock.keys;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Issued;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a home. Looking one up waits for nothing; changes are made one after the other, and are on disk before they
 * count. A file that is damaged is neither taken for an empty one nor written over: no key is right until it is mended.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final int MOST = 1000;

    private final KeysFile file;
    private final InstantSource clock;
    private final boolean damaged;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    /** By their hashes. */
    private volatile Map<String, Entry> entries;

    private KeyRing(KeysFile file, InstantSource clock, boolean damaged, List<Entry> entries) {
        this.file = file;
        this.clock = clock;
        this.damaged = damaged;
        this.entries = byHash(entries);
    }

    /** The keys of that home; it need not have any. */
    static KeyRing open(Path home, InstantSource clock) {
        var file = new KeysFile(home.resolve(KeysFile.NAME));
        try {
            return new KeyRing(file, clock, false, file.read());
        } catch (IOException e) {
            LOG.error(
                    "the file of API keys {} cannot be used ({}); all keys are refused until it is mended or moved away,"
                            + " and the server restarted",
                    file.path(),
                    e.getMessage());
            return new KeyRing(file, clock, true, List.of());
        }
    }

    private static Map<String, Entry> byHash(List<Entry> entries) {
        return entries.stream().collect(Collectors.toUnmodifiableMap(Entry::hash, Function.identity()));
    }

    boolean exist() {
        return damaged || !entries.isEmpty();
    }

    /** @throws PaddockException as {@link Keys#identify} */
    Key find(String secret) {
        if (damaged) {
            throw new PaddockException(
                    Fault.UNAVAILABLE, "API keys cannot be checked, their file is damaged; the server's log says more");
        }
        Entry entry = entries.get(Secrets.hash(secret));
        if (entry == null) {
            throw new PaddockException(
                    Fault.UNAUTHENTICATED, "the API key is not one of this server, or it was revoked or rotated");
        }
        Instant now = clock.instant();
        if (entry.key().expired(now)) {
            throw new PaddockException(
                    Fault.UNAUTHENTICATED,
                    "the API key " + entry.key().name() + " expired at "
                            + entry.key().expiresAt().orElseThrow() + "; its owner can make another one");
        }
        used.put(entry.key().id(), now);
        return entry.key();
    }

    /** Whether there is a key of that name that is good. */
    boolean good(String name) {
        Instant now = clock.instant();
        return entries.values().stream()
                .map(Entry::key)
                .anyMatch(key -> key.name().equals(name) && !key.expired(now));
    }

    List<Key> list() {
        requireSound();
        return current().stream().map(Entry::key).toList();
    }

    /** The oldest first, with what is known of their use. */
    private List<Entry> current() {
        return entries.values().stream()
                .map(entry -> Optional.ofNullable(used.get(entry.key().id()))
                        .map(entry::used)
                        .orElse(entry))
                .sorted((a, b) -> a.key().createdAt().compareTo(b.key().createdAt()))
                .toList();
    }

    synchronized Issued create(String name, Grant grant, Optional<Instant> expiresAt) {
        requireSound();
        Instant now = clock.instant();
        try {
            requireName(name);
        } catch (IllegalArgumentException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, e.getMessage(), e);
        }
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) throw wrong("the key would have expired already");
        if (entries.size() >= MOST) throw wrong("there are " + MOST + " keys already; revoke some");
        if (entries.values().stream().anyMatch(e -> e.key().name().equalsIgnoreCase(name))) {
            throw wrong("there is a key of the name \"" + name + "\" already; rotate it, or choose another name");
        }
        String secret = Secrets.random(Keys.KEY);
        String shown = Secrets.shown(secret, Keys.KEY);
        var key = new Key(Secrets.id(), name, shown, grant, now, expiresAt, Optional.empty());
        change(all -> {
            all.add(new Entry(key, Secrets.hash(secret)));
            return all;
        });
        return new Issued(key, secret);
    }

    synchronized Key revoke(String idOrName) {
        Entry ended = entry(idOrName);
        change(all -> {
            all.removeIf(entry -> entry.key().id().equals(ended.key().id()));
            return all;
        });
        used.remove(ended.key().id());
        return ended.key();
    }

    synchronized Issued rotate(String idOrName) {
        Entry old = entry(idOrName);
        String secret = Secrets.random(Keys.KEY);
        Entry fresh = old.withSecret(secret);
        change(all -> {
            all.replaceAll(entry -> entry.key().id().equals(old.key().id()) ? fresh : entry);
            return all;
        });
        return new Issued(fresh.key(), secret);
    }

    /** Keeps when keys were last used. */
    synchronized void keepUse() {
        if (damaged || used.isEmpty()) return;
        try {
            change(UnaryOperator.identity());
        } catch (PaddockException e) {
            LOG.debug("when keys were last used is not kept", e); // why was told already, and it is no great loss
        }
    }

    private Entry entry(String idOrName) {
        requireSound();
        return entries.values().stream()
                .filter(e -> e.key().id().equals(idOrName) || e.key().name().equalsIgnoreCase(idOrName))
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        Fault.NOT_FOUND, "there is no API key of that id or name; paddock key list shows them"));
    }

    private void change(UnaryOperator<List<Entry>> how) {
        List<Entry> changed = how.apply(new ArrayList<>(current()));
        try {
            file.write(changed);
        } catch (IOException e) {
            LOG.error("the file of API keys {} cannot be written", file.path(), e);
            throw new PaddockException(
                    Fault.STORE_FAILED, "the server cannot write its file of API keys; its log says why", e);
        }
        entries = byHash(changed);
    }

    private void requireSound() {
        if (!damaged) return;
        throw new PaddockException(
                Fault.STORE_FAILED,
                "the file " + KeysFile.NAME + " in the server's home is damaged, the log says how; mend it or move it"
                        + " away, and restart the server");
    }

    /** Names stand in logs and on command lines. */
    static String requireName(String name) {
        if (name.matches("[\\p{L}\\p{N}._@+-]{1,64}")) return name;
        throw new IllegalArgumentException("the name of a key is 1 to 64 letters, digits and . _ @ + -");
    }

    private static PaddockException wrong(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
