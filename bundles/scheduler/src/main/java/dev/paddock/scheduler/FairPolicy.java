package dev.paddock.scheduler;

import dev.paddock.api.scheduler.SchedulingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The server's own policy: a fair turn for everybody, few swaps, and as much on the GPU as fits. */
final class FairPolicy implements SchedulingPolicy {
    private final Rules.Fairness rules;
    private final long longest;

    FairPolicy(Rules.Fairness rules) {
        this.rules = rules;
        this.longest = rules.longest().toNanos();
    }

    @Override
    public String name() {
        return "fair";
    }

    /**
     * Who waited too long, oldest first; then the more urgent; then who was served less. What an identity already has
     * in the queue counts as served, so that two who wait take turns.
     */
    @Override
    public List<Waiting> order(List<Waiting> waiting) {
        List<Turn<Waiting>> turns = new ArrayList<>(waiting.size());
        for (var request : waiting) {
            double due = request.served() + request.before().charge();
            turns.add(turn(request.waited().toNanos(), request.priority(), due, turns.size(), request));
        }
        Collections.sort(turns);
        return turns.stream().map(Turn::who).toList();
    }

    /** Where one stands that waited for so many nanoseconds; the rest as in {@link Turn}. */
    <T> Turn<T> turn(long waited, int priority, double due, int place, T who) {
        return new Turn<>(waited > longest ? Turn.AGED : -priority, due, place, who);
    }

    /**
     * The least recently used of those that were idle for as long as it takes to load them again: until then it is
     * likelier that they are asked for than that the swap pays. Who waited for its patience need not wait for that.
     */
    @Override
    public Eviction evict(Waiting newcomer, List<Occupant> idle) {
        var oldest = Comparator.comparing(Occupant::idle);
        if (newcomer.waited().compareTo(rules.patience()) >= 0) {
            var gone = idle.stream().max(oldest).orElseThrow();
            return new Eviction.Now(
                    gone.runner(),
                    "the request waited for " + Words.time(newcomer.waited()) + ", longer than its patience");
        }
        Optional<Occupant> paid =
                idle.stream().filter(one -> !remaining(one).isPositive()).max(oldest);
        if (paid.isPresent()) {
            return new Eviction.Now(
                    paid.get().runner(),
                    "it was idle for " + Words.time(paid.get().idle()) + ", and a swap costs "
                            + Words.time(cost(paid.get())));
        }
        var next = idle.stream().min(Comparator.comparing(this::remaining)).orElseThrow();
        var patience = rules.patience().minus(newcomer.waited());
        var again = remaining(next).compareTo(patience) < 0 ? remaining(next) : patience;
        return new Eviction.Later(
                again, next.model() + " was used " + Words.time(next.idle()) + " ago and may be wanted again");
    }

    private Duration cost(Occupant occupant) {
        return occupant.loadTime().compareTo(rules.swapPatience()) < 0 ? occupant.loadTime() : rules.swapPatience();
    }

    private Duration remaining(Occupant occupant) {
        return cost(occupant).minus(occupant.idle());
    }

    @Override
    public Choice place(Question question) {
        return new FairPlacing(question).choice();
    }
}
