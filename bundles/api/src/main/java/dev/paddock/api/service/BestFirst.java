package dev.paddock.api.service;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The services of a kind that are there right now, the highest ranking first; of equal ones the older, with the lower id.
 * Safe for many threads: who is going through them sees those that were there when it began.
 */
public final class BestFirst<T> {
    private record Ranked<T>(T service, int ranking, long id) {}

    private volatile List<Ranked<T>> services = List.of();

    /** A service came; these are its properties. */
    public synchronized void add(T service, Map<String, ?> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer given ? given : 0;
        long id = properties.get("service.id") instanceof Long given ? given : 0;
        var best = Comparator.<Ranked<T>>comparingInt(Ranked::ranking).reversed();
        services = Stream.concat(services.stream(), Stream.of(new Ranked<>(service, ranking, id)))
                .sorted(best.thenComparingLong(Ranked::id))
                .toList();
    }

    /** A service went. */
    public synchronized void remove(T service) {
        services = services.stream().filter(known -> known.service() != service).toList();
    }

    /** All of them, best first. */
    public Stream<T> stream() {
        return services.stream().map(Ranked::service);
    }
}
