package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.scheduler.DeviceMemory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has how much of which memory. Promises are kept until the runner is gone, and corrected once it was measured.
 * Two names of one card (by its address on the bus) are one account; what shares the machine's memory counts there too.
 */
final class Ledger {
    /** Devices may have been looked at so long ago; a look that recent may not have seen what went since. */
    private static final long STALE = 10_000_000_000L;
    /** The least that is kept free of a large memory, whatever the percentage says. */
    private static final long LEAST_MARGIN = 256L << 20;

    private static final long LARGE = 4L << 30;

    /** Most of the host's memory that a runner's cache of computed prefixes is expected to take. */
    private static final long MOST_CACHE = 8L << 30;

    private static final int CACHE_SHARE = 8;

    private final Map<Long, Holding> holdings = new LinkedHashMap<>();
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, Long> others = new HashMap<>();
    private int margin;
    private boolean released;
    private long releasedAt;

    Ledger(int margin) {
        this.margin = margin;
    }

    /**
     * What one runner has.
     *
     * @param uses on each device
     * @param cache of the host, for computed prefixes; given up before anybody is refused
     * @param measured whether it is known and not only planned
     */
    private record Holding(List<MemoryUse> uses, long cache, boolean measured) {
        long on(String device) {
            return uses.stream()
                    .filter(use -> use.device().equals(device))
                    .mapToLong(MemoryUse::bytes)
                    .sum();
        }
    }

    void margin(int percent) {
        margin = percent;
    }

    /**
     * Takes in how much is free. What of it others use is not known exactly while models are loaded: mapped files may
     * count as free or not. It lies between two bounds, and within them the figure from before stays.
     */
    void see(List<Device> seen, long now) {
        boolean stale = released && now - releasedAt < STALE;
        devices.keySet().retainAll(seen.stream().map(Device::name).toList());
        for (Device device : seen) {
            boolean known = devices.put(device.name(), device) != null;
            if (known && stale) continue;
            long gone = Math.max(0, device.totalBytes() - device.freeBytes());
            long least = Math.max(0, gone - measured(device.name()));
            long before = others.getOrDefault(device.name(), least);
            others.put(device.name(), Math.clamp(before, least, gone));
        }
        others.keySet().retainAll(devices.keySet());
    }

    /** Promises memory to a runner. */
    void reserve(long holder, List<MemoryUse> uses, long cache) {
        holdings.put(holder, new Holding(List.copyOf(uses), cache, false));
    }

    /**
     * Promises memory to a runner, and to its cache of computed prefixes a part of what is left then.
     *
     * @param given bytes of the host that somebody gives up for it
     * @return most bytes that the cache may take
     */
    long promise(long holder, List<MemoryUse> uses, long given) {
        reserve(holder, uses, 0);
        long left = available(Device.HOST);
        long limit = left == Long.MAX_VALUE ? left : (left + given) / 2;
        reserve(holder, uses, Math.min(limit, Math.min(total(Device.HOST) / CACHE_SHARE, MOST_CACHE)));
        return limit;
    }

    /** One runner takes the place of another, and what it was promised. */
    void replace(long holder, long by) {
        holdings.put(holder, holdings.remove(by));
    }

    /** Replaces the promise to a runner by what it was measured to take. */
    void measured(long holder, List<MemoryUse> uses) {
        holdings.put(holder, new Holding(List.copyOf(uses), cache(holder), true));
    }

    long cache(long holder) {
        var holding = holdings.get(holder);
        return holding == null ? 0 : holding.cache();
    }

    /** What a runner was promised or measured to take. */
    List<MemoryUse> uses(long holder) {
        var holding = holdings.get(holder);
        return holding == null ? List.of() : holding.uses();
    }

    /** A runner is gone. */
    void release(long holder, long now) {
        if (holdings.remove(holder) == null) return;
        released = true;
        releasedAt = now;
    }

    /** All that one runner has, caches included. */
    long bytes(long holder) {
        return uses(holder).stream().mapToLong(MemoryUse::bytes).sum() + cache(holder);
    }

    /** What one runner has of a device, and of what shares that device's memory; caches included. */
    long bytes(long holder, String device) {
        var holding = holdings.get(holder);
        return holding == null ? 0 : held(holding, device) + (isHost(device) ? holding.cache() : 0);
    }

    private long held(Holding holding, String device) {
        long bytes = holding.on(device);
        for (Device other : devices.values()) {
            if (!other.name().equals(device) && sameMemory(device, other)) bytes += holding.on(other.name());
        }
        return bytes;
    }

    private boolean sameMemory(String name, Device other) {
        var device = devices.get(name);
        if (isHost(name)) return shared(other);
        return device != null
                && !device.pciId().isEmpty()
                && device.pciId().equals(other.pciId())
                && !isHost(other.name());
    }

    private static boolean isHost(String device) {
        return device.equals(Device.HOST);
    }

    /** Computes in the machine's own memory. */
    private static boolean shared(Device device) {
        return !isHost(device.name()) && device.kind() != Device.Kind.GPU;
    }

    private long reserved(String device) {
        return holdings.keySet().stream()
                .mapToLong(holder -> bytes(holder, device))
                .sum();
    }

    private long measured(String device) {
        return holdings.values().stream()
                .filter(Holding::measured)
                .mapToLong(holding -> held(holding, device))
                .sum();
    }

    private long caches() {
        return holdings.values().stream().mapToLong(Holding::cache).sum();
    }

    private long margin(Device device) {
        long share = device.totalBytes() / 100 * margin;
        boolean floored = margin > 0 && device.totalBytes() >= LARGE;
        return floored ? Math.max(share, LEAST_MARGIN) : share;
    }

    private long available(Device device) {
        long own =
                device.totalBytes() - others.getOrDefault(device.name(), 0L) - reserved(device.name()) - margin(device);
        if (!shared(device)) return Math.max(0, own);
        var host = devices.get(Device.HOST);
        return Math.max(0, host == null ? own : Math.min(own, available(host)));
    }

    /** What can still be promised of a device; without limit when it is not known. */
    long available(String device) {
        var known = devices.get(device);
        return known == null ? Long.MAX_VALUE : available(known);
    }

    /** All of a device; 0 when it is not known. */
    long total(String device) {
        var known = devices.get(device);
        return known == null ? 0 : known.totalBytes();
    }

    /**
     * The devices with what can still be promised as their free memory.
     *
     * @param cachesGiveWay what is promised to caches of computed prefixes counts as free
     */
    List<Device> free(boolean cachesGiveWay) {
        long extra = cachesGiveWay ? caches() : 0;
        return devices.values().stream()
                .map(device -> with(device, available(device) + (isHost(device.name()) || shared(device) ? extra : 0)))
                .toList();
    }

    static Device with(Device device, long free) {
        return new Device(
                device.backend(),
                device.name(),
                device.description(),
                device.kind(),
                device.pciId(),
                device.driver(),
                device.totalBytes(),
                free);
    }

    /** All accounts; the host first. */
    List<DeviceMemory> rows() {
        return devices.values().stream()
                .map(device -> new DeviceMemory(
                        device,
                        reserved(device.name()),
                        measured(device.name()),
                        others.getOrDefault(device.name(), 0L),
                        available(device)))
                .toList();
    }

    /** Whether nothing is promised to anybody. */
    boolean isEmpty() {
        return holdings.isEmpty();
    }
}
