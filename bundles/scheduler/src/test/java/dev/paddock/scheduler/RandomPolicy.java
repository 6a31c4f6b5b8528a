package dev.paddock.scheduler;

import dev.paddock.api.scheduler.SchedulingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Decides anything, fails now and then, and sometimes answers what cannot be. */
final class RandomPolicy implements SchedulingPolicy {
    private final Random random;

    RandomPolicy(Random random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "random";
    }

    private boolean fails() {
        if (random.nextInt(10) == 0) throw new IllegalStateException("no");
        return random.nextInt(10) == 0;
    }

    @Override
    public List<Waiting> order(List<Waiting> waiting) {
        if (fails()) return List.of();
        List<Waiting> order = new ArrayList<>(waiting);
        Collections.shuffle(order, random);
        return order;
    }

    @Override
    public Eviction evict(Waiting newcomer, List<Occupant> idle) {
        if (fails()) return new Eviction.Now(-7, "nonsense");
        return random.nextBoolean()
                ? new Eviction.Now(idle.get(random.nextInt(idle.size())).runner(), "so it fell")
                : new Eviction.Later(Duration.ofMillis(random.nextInt(1000)), "so it fell");
    }

    @Override
    public Choice place(Question question) {
        if (fails() || question.fits().isEmpty()) return null;
        var fit = question.fits().get(random.nextInt(question.fits().size()));
        return switch (random.nextInt(8)) {
            case 0 -> new Choice.MakeRoom(fit, "so it fell");
            case 1 -> new Choice.Wait("so it fell");
            case 2 -> new Choice.Never("so it fell");
            default -> new Choice.Take(fit, "so it fell");
        };
    }
}
