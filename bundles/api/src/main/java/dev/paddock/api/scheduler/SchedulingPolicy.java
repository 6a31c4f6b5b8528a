package dev.paddock.api.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who is next, who has to go, and what goes where. The one with the highest service ranking decides, from the next
 * decision on when it comes or goes. Methods are pure: they look at nothing but what they are given, so they need no lock
 * and no clock, and answer within microseconds. One that throws is passed over in favour of the server's own.
 */
@ConsumerType
public interface SchedulingPolicy {
    /** What it is called in explanations. */
    String name();

    /**
     * In what order those that wait are to be served.
     *
     * @param waiting in the order in which they came
     * @return the same, all of them and each once, the first to be served first
     */
    List<Waiting> order(List<Waiting> waiting);

    /**
     * Which model goes to make room for another that waits.
     *
     * @param newcomer the first of those that wait for it
     * @param idle the models that nobody uses and that are not pinned; never empty
     */
    Eviction evict(Waiting newcomer, List<Occupant> idle);

    /**
     * Where a model is loaded, and with which context.
     *
     * @param question what is to be placed, what would fit, what is free
     */
    Choice place(Question question);

    /**
     * A request that waits.
     *
     * @param id of the ticket
     * @param identity who asks
     * @param priority higher is more urgent
     * @param model display name
     * @param weights what it needs in memory; models with equal weights share a runner
     * @param resident whether they are in memory and ready
     * @param waited since it came
     * @param served tokens that its identity was served, over its weight: who has less comes first
     * @param before how many older requests of the same identity wait, and what they will be charged, over its weight
     */
    record Waiting(
            long id,
            String identity,
            int priority,
            String model,
            String weights,
            boolean resident,
            Duration waited,
            double served,
            Ahead before) {}

    /**
     * What waits before a request of the same identity.
     *
     * @param count how many
     * @param charge what they will be charged, over the weight
     */
    record Ahead(int count, double charge) {}

    /**
     * A model in memory that could go.
     *
     * @param runner which
     * @param model display name
     * @param idle for how long nobody has used it
     * @param loadTime how long it took to load, and would again
     * @param bytes what would become free, on all devices
     */
    record Occupant(long runner, String model, Duration idle, Duration loadTime, long bytes) {}

    /** Who goes. */
    sealed interface Eviction {
        /**
         * This one.
         *
         * @param why in words that follow "because"
         */
        record Now(long runner, String why) implements Eviction {}

        /**
         * None yet.
         *
         * @param again when to ask again at the latest
         * @param why in words that follow "because"
         */
        record Later(Duration again, String why) implements Eviction {}
    }

    /**
     * A model to be placed.
     *
     * @param model display name
     * @param wantedContext tokens of context that the request named; 0 = none
     * @param offload how many layers are to go to a GPU: what the request or setting says
     * @param fits what would be possible, the best backend first, its largest context first
     * @param devices memory, what is promised to others already subtracted
     * @param evictable bytes of idle models on each of the devices, in the same order
     */
    record Question(
            String model,
            int wantedContext,
            Offload offload,
            List<Fit> fits,
            List<Device> devices,
            List<Long> evictable) {}

    /**
     * How many layers go to a GPU.
     *
     * @param mode which rule
     * @param layers for {@link Mode#EXACTLY}
     * @param gpuRequired refused when not a single layer fits
     */
    record Offload(Mode mode, int layers, boolean gpuRequired) {
        /** Rules. */
        public enum Mode {
            /** As many as fit. */
            AUTO,
            /** All or it is refused. */
            ALL,
            /** None. */
            NONE,
            /** So many. */
            EXACTLY
        }
    }

    /** Where it goes. */
    sealed interface Choice {
        /**
         * There.
         *
         * @param why in words: which device, why so many layers, why this window
         */
        record Take(Fit fit, String why) implements Choice {}

        /**
         * Somewhere idle models have to go first.
         *
         * @param fit what is aimed at
         */
        record MakeRoom(Fit fit, String why) implements Choice {}

        /**
         * Busy models must first end; nothing idle would help.
         *
         * @param why with the numbers
         */
        record Wait(String why) implements Choice {}

        /**
         * It never fits.
         *
         * @param why with the numbers, and what would help
         */
        record Never(String why) implements Choice {}
    }
}
