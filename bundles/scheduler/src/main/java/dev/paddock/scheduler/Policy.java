package dev.paddock.scheduler;

import dev.paddock.api.scheduler.KeepAlive;
import java.time.Duration;

/**
 * The settings that decisions depend on; one immutable snapshot.
 *
 * @param keepAlive how long an idle model stays when no request said otherwise
 * @param maxLoaded most models in memory at once, those that come and go included; at least 1
 * @param maxQueue most requests that wait; at least 0
 * @param parallel answers that one model gives at once; 0 = by model and memory
 * @param contextLength tokens of context when a request names none; 0 = what the model was trained for
 * @param contextLimit most tokens of context when neither names a number; at least 1
 * @param threads compute threads when a request names none; 0 = by the machine
 * @param drafts which models guess for others
 * @param patience how long a request waits for room before a busy model is closed to new requests for its sake
 */
record Policy(
        KeepAlive keepAlive,
        int maxLoaded,
        int maxQueue,
        int parallel,
        int contextLength,
        int contextLimit,
        int threads,
        DraftModels drafts,
        Duration patience) {
    Policy {
        atLeast("max.loaded.models", maxLoaded, 1);
        atLeast("max.queue", maxQueue, 0);
        atLeast("parallel", parallel, 0);
        atLeast("context.length", contextLength, 0);
        atLeast("context.limit", contextLimit, 1);
        atLeast("threads", threads, 0);
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    RequestScheduler.PID + ": " + key + " is " + value + "; it must be " + least + " or more");
        }
    }
}
