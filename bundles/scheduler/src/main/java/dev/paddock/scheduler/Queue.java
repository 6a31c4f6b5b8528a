package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.scheduler.SchedulingPolicy.Ahead;
import dev.paddock.api.scheduler.SchedulingPolicy.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** All that wait, in the order in which they came; those for one model are found without looking at the others. */
final class Queue {
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Map<Digest, Group> groups = new HashMap<>();
    private final Map<String, Line> lines = new HashMap<>();

    /** One that waits, in the line of its identity. */
    record Entry(Ticket ticket, double charge, Line line) {}

    /** Those that wait for the same weights. */
    private static final class Group {
        private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
        private final Map<LoadNeeds, Integer> needs = new HashMap<>();

        private Ticket oldest() {
            return tickets.values().iterator().next();
        }
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Ticket> all() {
        return entries.values().stream().map(Entry::ticket).toList();
    }

    /** When the first one came that came later than that; they are in the order of their coming. */
    OptionalLong firstSince(long time) {
        for (Entry entry : entries.values()) {
            if (entry.ticket().since() > time)
                return OptionalLong.of(entry.ticket().since());
        }
        return OptionalLong.empty();
    }

    void add(Ticket ticket) {
        var line = lines.computeIfAbsent(ticket.identity(), Line::new);
        line.size++;
        entries.put(ticket.id(), new Entry(ticket, ticket.charge(), line));
        var group = groups.computeIfAbsent(ticket.weights(), _ -> new Group());
        group.tickets.put(ticket.id(), ticket);
        group.needs.merge(ticket.needs(), 1, Integer::sum);
    }

    Optional<Ticket> remove(long id) {
        var entry = entries.remove(id);
        if (entry == null) return Optional.empty();
        var ticket = entry.ticket();
        if (--entry.line().size == 0) lines.remove(ticket.identity());
        var group = groups.get(ticket.weights());
        group.tickets.remove(id);
        group.needs.computeIfPresent(ticket.needs(), (_, count) -> count == 1 ? null : count - 1);
        if (group.tickets.isEmpty()) groups.remove(ticket.weights());
        return Optional.of(ticket);
    }

    boolean contains(long id) {
        return entries.containsKey(id);
    }

    Entry get(long id) {
        return entries.get(id);
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

    /** Those that wait, each while its line tells what waits before it; the queue is passed once. */
    <T> List<T> passed(Accounts accounts, Function<Entry, T> seer) {
        List<T> seen = new ArrayList<>(entries.size());
        int number = 0;
        for (Line line : lines.values()) line.begin(number++, accounts.served(line.identity));
        for (Entry entry : entries.values()) {
            entry.line().place = seen.size();
            seen.add(seer.apply(entry));
            entry.line().pass(entry.charge());
        }
        return seen;
    }

    /** How many identities wait. */
    int identities() {
        return lines.size();
    }

    /** As a policy sees them. */
    List<Waiting> seen(Accounts accounts, Predicate<Digest> resident, long now) {
        return passed(
                accounts,
                entry -> waiting(
                        entry.ticket(),
                        entry.line(),
                        resident.test(entry.ticket().weights()),
                        now));
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
        var line = new Line(ticket.identity());
        line.begin(0, accounts.served(ticket.identity()));
        return waiting(ticket, line, false, now);
    }

    /** Those of one identity, and what of them was passed so far. */
    static final class Line {
        private final String identity;
        private int size;
        private int number;
        private double served;
        private int count;
        private double charge;
        private int place;

        private Line(String identity) {
            this.identity = identity;
        }

        private void begin(int lineNumber, double soFar) {
            number = lineNumber;
            served = soFar;
            count = 0;
            charge = 0;
        }

        private void pass(double one) {
            count++;
            charge += one;
        }

        /** What the identity was served, and what waits before counted in. */
        double due() {
            return served + charge;
        }

        /** Where in the order of coming the one stands that is looked at. */
        int place() {
            return place;
        }

        /** The number of the line, below that of the identities that waited when the queue was passed. */
        int number() {
            return number;
        }
    }
}
