package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.scheduler.SchedulingPolicy.Ahead;
import dev.paddock.api.scheduler.SchedulingPolicy.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All that wait, in the order in which they came. */
final class Queue {
    private final Map<Long, Ticket> tickets = new LinkedHashMap<>();

    int size() {
        return tickets.size();
    }

    boolean isEmpty() {
        return tickets.isEmpty();
    }

    Collection<Ticket> all() {
        return tickets.values();
    }

    void add(Ticket ticket) {
        tickets.put(ticket.id(), ticket);
    }

    Optional<Ticket> remove(long id) {
        return Optional.ofNullable(tickets.remove(id));
    }

    boolean contains(long id) {
        return tickets.containsKey(id);
    }

    Ticket get(long id) {
        return tickets.get(id);
    }

    /** Those that wait for these weights. */
    List<Ticket> waitingFor(Digest weights) {
        return tickets.values().stream()
                .filter(ticket -> ticket.weights().equals(weights))
                .toList();
    }

    /** Those that wait for these weights and for which the test holds. */
    List<Ticket> waitingFor(Digest weights, Predicate<LoadNeeds> needs) {
        return waitingFor(weights).stream()
                .filter(ticket -> needs.test(ticket.needs()))
                .toList();
    }

    /** As a policy sees them. */
    List<Waiting> seen(Accounts accounts, Predicate<Digest> resident, long now) {
        List<Waiting> seen = new ArrayList<>(tickets.size());
        Map<String, Line> lines = new HashMap<>();
        for (Ticket ticket : tickets.values()) {
            var line = lines.computeIfAbsent(ticket.identity(), name -> new Line(accounts.served(name)));
            seen.add(waiting(ticket, line, resident.test(ticket.weights()), now));
            line.count++;
            line.charge += ticket.charge();
        }
        return seen;
    }

    private static Waiting waiting(Ticket ticket, Line line, boolean resident, long now) {
        return new Waiting(
                ticket.id(),
                ticket.identity(),
                ticket.asker().priority(),
                ticket.model().name().display(),
                ticket.weights().hex(),
                resident,
                Duration.ofNanos(now - ticket.since()),
                line.served,
                new Ahead(line.count, line.charge));
    }

    /** One ticket as a policy sees it. */
    static Waiting seen(Ticket ticket, Accounts accounts, long now) {
        return waiting(ticket, new Line(accounts.served(ticket.identity())), false, now);
    }

    /** What of one identity was passed so far. */
    private static final class Line {
        private final double served;
        private int count;
        private double charge;

        private Line(double served) {
            this.served = served;
        }
    }
}
