package dev.paddock.web;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the wrong keys and passwords that come from an address. Keys are too long to be guessed, so a right one is taken
 * all the same; this keeps guesses from being many and logs from being long. An IPv6 network of 64 bits counts as one
 * address. Remembers so many addresses; who was heard of longest ago is forgotten.
 */
final class WrongKeys {
    static final int MOST_ADDRESSES = 10_000;

    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int NETWORK_BYTES = 8;

    private record Count(long since, int wrong) {}

    private final int allowed;
    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param allowed from one address in a minute */
    WrongKeys(int allowed, InstantSource clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Another one came from there. */
    synchronized void add(InetAddress address) {
        long now = clock.millis();
        counts.merge(
                network(address),
                new Count(now, 1),
                (old, one) -> over(old, now)
                        ? one
                        : new Count(old.since(), Math.min(Integer.MAX_VALUE - 1, old.wrong()) + 1));
    }

    /** @throws BusyException when too many came from there of late */
    synchronized void check(InetAddress address) {
        long now = clock.millis();
        Count count = counts.get(network(address));
        if (count == null || over(count, now) || count.wrong() < allowed) return;
        throw new BusyException(
                Fault.RATE_LIMITED,
                "too many wrong API keys came from this address; try again in a minute",
                Duration.ofMillis(count.since() + WINDOW_MILLIS - now),
                0);
    }

    private static boolean over(Count count, long now) {
        return now - count.since() >= WINDOW_MILLIS;
    }

    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        return Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES));
    }
}
