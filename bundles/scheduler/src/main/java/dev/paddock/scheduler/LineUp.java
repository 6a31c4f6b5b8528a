package dev.paddock.scheduler;

import dev.paddock.scheduler.Queue.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * Those that wait, in the order in which they are served. The server's own policy is asked for no more of that order
 * than is needed, because hundreds may wait while one place becomes free; another policy gives all of it.
 */
final class LineUp {
    /** As many are named of those that somebody waits behind. */
    private static final int NAMED = 5;

    private final State state;
    private List<Turn<Entry>> turns = List.of();
    private int identities;

    LineUp(State state) {
        this.state = state;
    }

    /** Before a pass over those who wait. */
    void begin() {
        turns = List.of();
    }

    /** Those that wait now, the first to be served first; to be read once. */
    Iterator<Ticket> inTurn() {
        var rest = new PriorityQueue<>(turns());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !rest.isEmpty();
            }

            @Override
            public Ticket next() {
                return rest.remove().who().ticket();
            }
        };
    }

    /** Made anew when somebody left since, for then what others are due changed. */
    private List<Turn<Entry>> turns() {
        if (turns.size() != state.queue.size()) {
            turns = state.judge.alone().map(this::byOwn).orElseGet(this::byGuest);
            identities = state.queue.identities();
        }
        return turns;
    }

    private List<Turn<Entry>> byOwn(FairPolicy own) {
        return state.queue.passed(state.accounts, entry -> {
            var ticket = entry.ticket();
            var line = entry.line();
            long waited = state.now - ticket.since();
            return own.turn(waited, ticket.asker().priority(), line.due(), line.place(), entry);
        });
    }

    private List<Turn<Entry>> byGuest() {
        var order = state.judge.order(state.queue.seen(state.accounts, state::resident, state.now));
        List<Turn<Entry>> numbered = new ArrayList<>(order.size());
        for (long id : order) numbered.add(new Turn<>(0, 0, numbered.size(), state.queue.get(id)));
        return numbered;
    }

    /**
     * What is served before a ticket.
     *
     * @param count how many
     * @param whose the identities of the first ones, and how many each has
     */
    record Ahead(long count, String whose) {}

    /** Those of one identity that are ahead. */
    private static final class Share {
        private Turn<Entry> first;
        private int count;

        private Share(Turn<Entry> first) {
            this.first = first;
        }
    }

    /** What is served before one that waits. */
    Ahead ahead(Ticket ticket) {
        var all = turns();
        var mine = all.getLast();
        // Who asks for a place has just come, so it is the last as a rule.
        for (int i = all.size() - 1; mine.who().ticket() != ticket && i >= 0; i--) mine = all.get(i);
        var shares = new Share[identities];
        long count = 0;
        for (var turn : all) {
            if (turn.compareTo(mine) >= 0) continue;
            int line = turn.who().line().number();
            if (shares[line] == null) shares[line] = new Share(turn);
            shares[line].count++;
            count++;
            if (turn.compareTo(shares[line].first) < 0) shares[line].first = turn;
        }
        return new Ahead(count, named(shares));
    }

    private static String named(Share... shares) {
        return Arrays.stream(shares)
                .filter(Objects::nonNull)
                .sorted((one, other) -> one.first.compareTo(other.first))
                .limit(NAMED)
                .map(share -> share.first.who().ticket().identity() + " " + share.count)
                .collect(Collectors.joining(", "));
    }
}
