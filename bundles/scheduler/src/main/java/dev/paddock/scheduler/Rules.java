package dev.paddock.scheduler;

import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import java.time.Duration;

/**
 * The settings that decisions depend on; one immutable snapshot.
 *
 * @param residency what stays in memory
 * @param fairness who waits for how long
 * @param sizes how models are loaded
 * @param placing where models are loaded
 */
record Rules(Residency residency, Fairness fairness, Sizes sizes, Placing placing) {
    /**
     * What stays in memory.
     *
     * @param keepAlive how long an idle model stays when no request said otherwise
     * @param maxLoaded most models in memory at once, those that come and go included; 0 = as many as fit
     * @param preload loaded without being asked for, while nobody else needs the room
     * @param pinned neither evicted nor expired
     */
    record Residency(KeepAlive keepAlive, int maxLoaded, ModelNames preload, ModelNames pinned) {
        Residency {
            atLeast("max.loaded.models", maxLoaded, 0);
        }

        boolean full(int loaded) {
            return maxLoaded > 0 && loaded >= maxLoaded;
        }

        boolean isPinned(StoredModel model) {
            return pinned.contain(model.name());
        }
    }

    /**
     * Who waits for how long.
     *
     * @param maxQueue most requests that wait; at least 0
     * @param running most requests of one identity that hold a model; 0 = no limit
     * @param waiting most requests of one identity that wait; 0 = no limit
     * @param patience how long a request waits for room before the users of another model have to make some
     * @param swapPatience how long a model must have been idle at most before it may go for another
     * @param longest who waited longer than that comes before everybody else
     */
    record Fairness(
            int maxQueue, int running, int waiting, Duration patience, Duration swapPatience, Duration longest) {
        Fairness {
            atLeast("max.queue", maxQueue, 0);
            atLeast("identity.running", running, 0);
            atLeast("identity.waiting", waiting, 0);
        }
    }

    /**
     * How models are loaded.
     *
     * @param parallel answers that one model gives at once; 0 = by model and memory
     * @param contextLength tokens of context when a request names none; 0 = the largest that fits
     * @param contextLimit most tokens of context when neither names a number; 0 = what the model was trained for
     * @param threads compute threads when a request names none; 0 = by the machine
     * @param drafts which models guess for others
     */
    record Sizes(int parallel, int contextLength, int contextLimit, int threads, DraftModels drafts) {
        Sizes {
            atLeast("parallel", parallel, 0);
            atLeast("context.length", contextLength, 0);
            atLeast("context.limit", contextLimit, 0);
            atLeast("threads", threads, 0);
        }
    }

    /**
     * Where models are loaded.
     *
     * @param offload how many layers go to a GPU when a request does not say
     * @param pins which backend computes which model
     * @param rebalance when models move to a better place
     * @param margin percent of each device that is never promised
     * @param planTimeout how long it may take to find out what a model takes
     */
    record Placing(Offload offload, BackendPins pins, Rebalance rebalance, int margin, Duration planTimeout) {
        Placing {
            atLeast("memory.margin", margin, 0);
            if (margin > 90) throw new IllegalArgumentException(wrong("memory.margin", margin, "90 or less"));
        }
    }

    /** When a model moves to a better place that came up; from a place that went it moves at once. */
    enum Rebalance {
        /** At once, in the middle of answers. */
        IMMEDIATE,
        /** As soon as nobody uses it. */
        IDLE,
        /** Not at all; what is loaded anew goes there. */
        NEVER
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) throw new IllegalArgumentException(wrong(key, value, least + " or more"));
    }

    private static String wrong(String key, int value, String allowed) {
        return RequestScheduler.PID + ": " + key + " is " + value + "; it must be " + allowed;
    }
}
