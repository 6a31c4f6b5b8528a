package dev.paddock.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private Optional<List<Ticket>> given = Optional.empty();

    LineUp(State state) {
        this.state = state;
    }

    /** Before a pass over those who wait. */
    void begin() {
        given = Optional.empty();
    }

    /** Those that wait now, the first to be served first; to be read once. */
    Iterator<Ticket> inTurn() {
        var own = state.judge.alone();
        if (own.isEmpty()) return given().iterator();
        var turns = new PriorityQueue<>(turns(own.get()));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !turns.isEmpty();
            }

            @Override
            public Ticket next() {
                return turns.remove().who();
            }
        };
    }

    private List<Turn<Ticket>> turns(FairPolicy own) {
        return state.queue.passed(
                state.accounts,
                (ticket, line) -> own.turn(
                        state.now - ticket.since(), ticket.asker().priority(), line.due(), line.place(), ticket));
    }

    private List<Ticket> given() {
        if (given.isEmpty()) {
            var waiting = state.queue.seen(state.accounts, state::resident, state.now);
            given = Optional.of(
                    state.judge.order(waiting).stream().map(state.queue::get).toList());
        }
        return given.get();
    }

    /**
     * What is served before a ticket.
     *
     * @param count how many
     * @param whose the identities of the first ones, and how many each has
     */
    record Ahead(long count, String whose) {}

    /** What is served before one that waits. */
    Ahead ahead(Ticket ticket) {
        return state.judge
                .alone()
                .map(own -> ahead(turns(own), ticket))
                .orElseGet(() -> ahead(numbered(given()), ticket));
    }

    private List<Turn<Ticket>> numbered(List<Ticket> order) {
        List<Turn<Ticket>> turns = new ArrayList<>(order.size());
        for (var ticket : order) {
            if (state.queue.contains(ticket.id())) turns.add(new Turn<>(0, 0, turns.size(), ticket));
        }
        return turns;
    }

    /** One identity's. */
    private static final class Share {
        private final String identity;
        private Turn<Ticket> first;
        private long count;

        private Share(Turn<Ticket> first) {
            this.identity = first.who().identity();
            this.first = first;
        }
    }

    private static Ahead ahead(List<Turn<Ticket>> turns, Ticket ticket) {
        // Who asks for a place has just come, so it is the last as a rule.
        var mine = turns.getLast();
        for (int i = turns.size() - 1; mine.who() != ticket && i >= 0; i--) mine = turns.get(i);
        Map<String, Share> shares = new HashMap<>();
        long count = 0;
        for (var turn : turns) {
            if (turn.compareTo(mine) >= 0) continue;
            var share = shares.get(turn.who().identity());
            if (share == null) {
                share = new Share(turn);
                shares.put(share.identity, share);
            }
            count++;
            share.count++;
            if (turn.compareTo(share.first) < 0) share.first = turn;
        }
        List<Share> inOrder = new ArrayList<>(shares.values());
        inOrder.sort((one, other) -> one.first.compareTo(other.first));
        var whose = inOrder.stream()
                .limit(NAMED)
                .map(share -> share.identity + " " + share.count)
                .collect(Collectors.joining(", "));
        return new Ahead(count, whose);
    }
}
