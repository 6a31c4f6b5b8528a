package dev.paddock.scheduler;

import dev.paddock.api.scheduler.SchedulingPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks the policy that is in charge, and the server's own where that one throws or answers nonsense. */
final class Judge {
    private static final long MINUTE = 60_000_000_000L;

    private final Consumer<String> complaints;
    private FairPolicy own;
    private Optional<SchedulingPolicy> guest = Optional.empty();
    private boolean complained;
    private long complainedAt;
    private long now;

    Judge(FairPolicy own, Consumer<String> complaints) {
        this.own = own;
        this.complaints = complaints;
    }

    void own(FairPolicy policy) {
        own = policy;
    }

    void guest(Optional<SchedulingPolicy> policy) {
        guest = policy;
        complained = false;
    }

    /** The time of what is decided next. */
    void at(long time) {
        now = time;
    }

    /** The server's own policy, if no other one is there. */
    Optional<FairPolicy> alone() {
        return guest.isPresent() ? Optional.empty() : Optional.of(own);
    }

    /** The ids of the waiting ones, the first to be served first. */
    List<Long> order(List<SchedulingPolicy.Waiting> waiting) {
        var order = ask(policy -> policy.order(waiting), answer -> complete(answer, waiting));
        List<Long> ids = new ArrayList<>(order.size());
        for (var entry : order) ids.add(entry.id());
        return ids;
    }

    private static boolean complete(List<SchedulingPolicy.Waiting> order, List<SchedulingPolicy.Waiting> waiting) {
        var ids = waiting.stream().map(SchedulingPolicy.Waiting::id).collect(Collectors.toSet());
        Set<Long> seen = new HashSet<>();
        return order.stream().allMatch(entry -> ids.contains(entry.id()) && seen.add(entry.id()))
                && seen.size() == ids.size();
    }

    SchedulingPolicy.Eviction evict(SchedulingPolicy.Waiting newcomer, List<SchedulingPolicy.Occupant> idle) {
        return ask(policy -> policy.evict(newcomer, idle), eviction -> switch (eviction) {
            case SchedulingPolicy.Eviction.Now gone -> idle.stream().anyMatch(one -> one.runner() == gone.runner());
            case SchedulingPolicy.Eviction.Later later -> !later.again().isNegative();
        });
    }

    SchedulingPolicy.Choice place(SchedulingPolicy.Question question) {
        return ask(policy -> policy.place(question), choice -> switch (choice) {
            case SchedulingPolicy.Choice.Take take -> question.fits().contains(take.fit());
            case SchedulingPolicy.Choice.MakeRoom room -> question.fits().contains(room.fit());
            case SchedulingPolicy.Choice.Wait _, SchedulingPolicy.Choice.Never _ -> true;
        });
    }

    private <T> T ask(Function<SchedulingPolicy, T> question, Predicate<T> sound) {
        if (guest.isPresent()) {
            var answer = askGuest(guest.get(), question, sound);
            if (answer.isPresent()) return answer.get();
        }
        return question.apply(own);
    }

    /** A foreign bundle may fail in any way, and of all of them only this one decision may be lost. */
    private <T> Optional<T> askGuest(
            SchedulingPolicy policy, Function<SchedulingPolicy, T> question, Predicate<T> sound) {
        try {
            var answer = question.apply(policy);
            if (answer != null && sound.test(answer)) return Optional.of(answer);
            complain("answered what cannot be: " + answer);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            complain("failed: " + e);
        }
        return Optional.empty();
    }

    private void complain(String what) {
        if (complained && now - complainedAt < MINUTE) return;
        complained = true;
        complainedAt = now;
        complaints.accept("the scheduling policy " + name() + " " + what + "; the server's own decides in its place");
    }

    /** What the policy in charge calls itself. */
    String name() {
        try {
            return guest.orElse(own).name();
        } catch (RuntimeException | LinkageError e) {
            return guest.orElse(own).getClass().getName();
        }
    }
}
