package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.scheduler.SchedulingPolicy.Ahead;
import dev.paddock.api.scheduler.SchedulingPolicy.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All that wait, in the order in which they came; those for one model are found without looking at the others. */
final class Queue {
    private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
    private final Map<Digest, Group> groups = new HashMap<>();

    /** Those that wait for the same weights. */
    private static final class Group {
        private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
        private final Map<LoadNeeds, Integer> needs = new HashMap<>();

        private Ticket oldest() {
            return tickets.values().iterator().next();
        }
    }

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
        var group = groups.computeIfAbsent(ticket.weights(), _ -> new Group());
        group.tickets.put(ticket.id(), ticket);
        group.needs.merge(ticket.needs(), 1, Integer::sum);
    }

    Optional<Ticket> remove(long id) {
        var ticket = tickets.remove(id);
        if (ticket == null) return Optional.empty();
        var group = groups.get(ticket.weights());
        group.tickets.remove(id);
        group.needs.computeIfPresent(ticket.needs(), (_, count) -> count == 1 ? null : count - 1);
        if (group.tickets.isEmpty()) groups.remove(ticket.weights());
        return Optional.of(ticket);
    }

    boolean contains(long id) {
        return tickets.containsKey(id);
    }

    Ticket get(long id) {
        return tickets.get(id);
    }

    /** The weights that somebody waits for. */
    Set<Digest> weights() {
        return groups.keySet();
    }

    /** The oldest of those that wait for each weights, the very oldest first. */
    List<Ticket> oldest() {
        return groups.values().stream()
                .map(Group::oldest)
                .sorted(Comparator.comparingLong(Ticket::id))
                .toList();
    }

    /** How many wait for these weights. */
    int count(Digest weights) {
        var group = groups.get(weights);
        return group == null ? 0 : group.tickets.size();
    }

    /** Everything that is wanted of these weights, each once. */
    Set<LoadNeeds> needs(Digest weights) {
        var group = groups.get(weights);
        return group == null ? Set.of() : group.needs.keySet();
    }

    /** Those that wait for these weights. */
    List<Ticket> waitingFor(Digest weights) {
        var group = groups.get(weights);
        return group == null ? List.of() : List.copyOf(group.tickets.values());
    }

    /** Those that wait for these weights and for which the test holds. */
    List<Ticket> waitingFor(Digest weights, Predicate<LoadNeeds> needs) {
        return waitingFor(weights).stream()
                .filter(ticket -> needs.test(ticket.needs()))
                .toList();
    }

    /** Those that wait, with what waits before each; the queue is passed once. */
    <T> List<T> passed(Accounts accounts, Seer<T> seer) {
        List<T> seen = new ArrayList<>(tickets.size());
        Map<String, Line> lines = new HashMap<>();
        for (Ticket ticket : tickets.values()) {
            var line = lines.get(ticket.identity());
            if (line == null) {
                line = new Line(accounts.served(ticket.identity()));
                lines.put(ticket.identity(), line);
            }
            line.place = seen.size();
            seen.add(seer.see(ticket, line));
            line.count++;
            line.charge += ticket.charge();
        }
        return seen;
    }

    /** Makes something of a ticket and of what of its identity waits before it. */
    interface Seer<T> {
        /** What it is. */
        T see(Ticket ticket, Line line);
    }

    /** As a policy sees them. */
    List<Waiting> seen(Accounts accounts, Predicate<Digest> resident, long now) {
        return passed(accounts, (ticket, line) -> waiting(ticket, line, resident.test(ticket.weights()), now));
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
    static final class Line {
        private final double served;
        private int count;
        private double charge;
        private int place;

        private Line(double served) {
            this.served = served;
        }

        /** What it was served, and what waits before counted in. */
        double due() {
            return served + charge;
        }

        /** Where in the order of coming the ticket stands that is looked at. */
        int place() {
            return place;
        }
    }
}
