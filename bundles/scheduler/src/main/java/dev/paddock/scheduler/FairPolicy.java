package dev.paddock.scheduler;

import dev.paddock.api.scheduler.SchedulingPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The server's own policy: a fair turn for everybody, few swaps, and as much on the GPU as fits. */
final class FairPolicy implements SchedulingPolicy {
    private final Rules.Fairness rules;

    FairPolicy(Rules.Fairness rules) {
        this.rules = rules;
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
        var ranked = new Ranked[waiting.size()];
        for (int i = 0; i < ranked.length; i++) ranked[i] = rank(waiting.get(i), i);
        Arrays.sort(ranked);
        return Arrays.stream(ranked).map(Ranked::request).toList();
    }

    private Ranked rank(Waiting request, int place) {
        boolean aged = request.waited().compareTo(rules.longest()) > 0;
        return aged
                ? new Ranked(request, Integer.MIN_VALUE, 0, place)
                : new Ranked(
                        request,
                        -request.priority(),
                        request.served() + request.before().charge(),
                        place);
    }

    private record Ranked(Waiting request, int group, double served, int place) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            if (group != other.group) return Integer.compare(group, other.group);
            int order = Double.compare(served, other.served);
            return order != 0 ? order : Integer.compare(place, other.place);
        }
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
