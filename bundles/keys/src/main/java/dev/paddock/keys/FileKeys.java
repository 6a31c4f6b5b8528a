package dev.paddock.keys;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Issued;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Limits;
import dev.paddock.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The keys of the server's home, and what each may still ask for. */
@Component
public final class FileKeys implements Keys {
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(10);

    private final KeyRing ring;
    private final Tickets tickets;
    private final InstantSource clock;
    private final LongSupplier nanos;
    /** Of keys that have limits, by the name of their identity. */
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    private final AtomicReference<Instant> noted;

    /** Reads the file. */
    @Activate
    public FileKeys(@Reference Settings settings) {
        this(settings.home(), InstantSource.system(), System::nanoTime);
    }

    FileKeys(Path home, InstantSource clock, LongSupplier nanos) {
        this.ring = KeyRing.open(home, clock);
        this.tickets = new Tickets(clock);
        this.clock = clock;
        this.nanos = nanos;
        this.noted = new AtomicReference<>(clock.instant());
    }

    @Override
    public boolean exist() {
        return ring.exist();
    }

    @Override
    public Identity identify(String secret) {
        if (secret.startsWith(TICKET)) return tickets.identify(secret);
        Key key = ring.find(secret);
        Identity identity = key.identity();
        Limits limits = key.grant().limits();
        if (!limits.equals(Limits.NONE)) allowances.computeIfAbsent(identity.name(), _ -> new Allowance(limits, nanos));
        noteUse();
        return identity;
    }

    /** Now and then, and beside the request. */
    private void noteUse() {
        Instant last = noted.get();
        Instant now = clock.instant();
        if (now.isBefore(last.plus(BETWEEN_NOTES)) || !noted.compareAndSet(last, now)) return;
        Thread.ofVirtual().name("keys").start(ring::keepUse);
    }

    @Override
    public void requireCurrent(Identity identity) {
        if (!identity.name().startsWith(Key.IDENTITY)) return;
        String name = identity.name().substring(Key.IDENTITY.length());
        if (ring.good(name)) return;
        throw new PaddockException(Fault.UNAUTHENTICATED, "the API key " + name + " was revoked, or has expired");
    }

    @Override
    public Use begin(Identity identity) {
        Allowance allowance = allowances.get(identity.name());
        if (allowance == null) return () -> {};
        allowance.begin();
        var ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) allowance.end();
        };
    }

    @Override
    public void spent(Identity identity, long tokens) {
        Allowance allowance = allowances.get(identity.name());
        if (allowance != null) allowance.spent(tokens);
    }

    @Override
    public List<Key> list() {
        return ring.list();
    }

    @Override
    public Issued create(String name, Grant grant, Optional<Instant> expiresAt) {
        return ring.create(name, grant, expiresAt);
    }

    @Override
    public Key revoke(String idOrName) {
        Key key = ring.revoke(idOrName);
        allowances.remove(key.identity().name());
        return key;
    }

    @Override
    public Issued rotate(String idOrName) {
        return ring.rotate(idOrName);
    }

    @Override
    public String ticket(Duration life) {
        return tickets.issue(life);
    }

    /** Keeps when keys were last used. */
    @Deactivate
    public void stop() {
        ring.keepUse();
    }
}
