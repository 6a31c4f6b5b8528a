package dev.paddock.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords: after a few wrong ones an address waits, twice as long after each further one. Waiting
 * costs the caller time and the server nothing. Safe for many threads; remembers the addresses that tried last.
 */
final class Attempts {
    /** Wrong passwords that an address has free. */
    static final int FREE = 5;

    static final Duration LONGEST = Duration.ofMinutes(5);
    /** Addresses that are remembered. */
    static final int MOST = 1024;

    private static final int DOUBLINGS = 9;

    private final LongSupplier nanoTime;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST;
        }
    };

    private record Failures(int count, long last) {
        Duration pause() {
            if (count < FREE) return Duration.ZERO;
            Duration pause = Duration.ofSeconds(1L << Math.min(count - FREE, DOUBLINGS));
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        }
    }

    /** Looks whether a password is right. */
    interface Check {
        boolean right() throws IOException;
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    Attempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long this address must wait before it may try; zero = it may try now. */
    synchronized Duration left(String address) {
        Failures failures = byAddress.get(network(address));
        if (failures == null) return Duration.ZERO;
        Duration left = failures.pause().minusNanos(nanoTime.getAsLong() - failures.last());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Tries a password, one at a time, so that many at once are no more than one after the other.
     *
     * @return whether it may be tried and is right
     */
    synchronized boolean tryNow(String address, Check check) throws IOException {
        if (left(address).isPositive()) return false;
        String network = network(address);
        if (check.right()) {
            byAddress.remove(network);
            return true;
        }
        int before = byAddress.getOrDefault(network, new Failures(0, 0)).count();
        byAddress.put(network, new Failures(Math.min(before + 1, FREE + DOUBLINGS), nanoTime.getAsLong()));
        return false;
    }

    /** How many addresses are remembered. */
    synchronized int known() {
        return byAddress.size();
    }

    /** Who has one IPv6 address has the 2^64 of its network. */
    private static String network(String address) {
        if (!address.contains(":")) return address;
        String[] groups = address.split(":", -1);
        int kept = Math.min(4, groups.length);
        return String.join(":", Arrays.copyOf(groups, kept));
    }
}
