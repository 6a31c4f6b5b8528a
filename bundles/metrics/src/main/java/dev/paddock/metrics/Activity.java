package dev.paddock.metrics;

import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Who waits and who is answered now, and how the last minute went. Nothing is kept of a request that has ended. */
@Component(service = {Observer.class, Activity.class})
public final class Activity implements Observer {
    private final LongSupplier clock;
    private final Set<Passage> inside = ConcurrentHashMap.newKeySet();
    private final Seconds tokens = new Seconds();
    private final Seconds prompts = new Seconds();
    private final Seconds requests = new Seconds();
    private final Medians firsts = new Medians();

    /** By the JVM's clock, counted from now. */
    @Activate
    public Activity() {
        long start = System.nanoTime();
        this.clock = () -> System.nanoTime() - start;
    }

    /** @param clock nanoseconds, not negative */
    Activity(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * The full seconds of the last minute, newest last.
     *
     * @param tokens generated
     * @param prompts prompt tokens of the answers that began, those that did not need to be computed included
     * @param firsts median milliseconds to the first token; null = no answer began
     * @param requests that came
     */
    record Minute(int[] tokens, int[] prompts, Long[] firsts, int[] requests) {}

    @Override
    public Watch begins(Work work) {
        long now = now();
        var passage = new Passage(this, work, now);
        inside.add(passage);
        requests.add(second(now), 1);
        return passage;
    }

    long now() {
        return clock.getAsLong();
    }

    private static long second(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    /** A first token came. */
    void first(long now, int promptTokens, long millis) {
        prompts(now, promptTokens);
        firsts.add(second(now), millis);
    }

    /** A prompt was computed. */
    void prompts(long now, int count) {
        prompts.add(second(now), count);
    }

    void tokens(long now, int count) {
        tokens.add(second(now), count);
    }

    void leave(Passage passage) {
        inside.remove(passage);
    }

    /** Those that wait, or those that have their model; who came first comes first. */
    List<Passage> inside(boolean running) {
        return inside.stream()
                .filter(passage -> passage.running() == running)
                .sorted(Comparator.comparingLong(Passage::since))
                .toList();
    }

    Minute minute() {
        long second = second(now());
        return new Minute(
                tokens.before(second), prompts.before(second), firsts.before(second), requests.before(second));
    }
}
