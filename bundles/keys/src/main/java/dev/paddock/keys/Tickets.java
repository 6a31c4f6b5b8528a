package dev.paddock.keys;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secrets for a while, in memory only. So many at the same time; the oldest goes first. */
final class Tickets {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 1000;
    private static final Identity CONSOLE =
            new Identity("console", 1, 0, Identity.MOST_PRIORITY, Set.of(Scope.ADMIN), List.of());

    private final InstantSource clock;
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    Tickets(InstantSource clock) {
        this.clock = clock;
    }

    synchronized String issue(Duration life) {
        if (life.isNegative() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a ticket lives an hour at the most");
        }
        Instant now = clock.instant();
        ends.values().removeIf(end -> !now.isBefore(end));
        if (ends.size() >= MOST) ends.remove(ends.keySet().iterator().next());
        String secret = Secrets.random(Keys.TICKET);
        ends.put(Secrets.hash(secret), now.plus(life));
        return secret;
    }

    /** @throws PaddockException with {@link Fault#UNAUTHENTICATED} */
    synchronized Identity identify(String secret) {
        Instant end = ends.get(Secrets.hash(secret));
        if (end != null && clock.instant().isBefore(end)) return CONSOLE;
        throw new PaddockException(Fault.UNAUTHENTICATED, "the page's permission has expired; load the page again");
    }
}
