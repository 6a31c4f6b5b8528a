package dev.paddock.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How models come, stay and go. Changes count from the next request on; running answers are not touched. */
@ObjectClassDefinition(
        name = "Paddock scheduler",
        description = "Which models stay in memory, where and for how long, and who waits for whom.")
public @interface SchedulerConfig {
    @AttributeDefinition(
            name = "Keep alive",
            description = "How long an idle model stays loaded when a request does not say, as a duration like 5m,"
                    + " 1h30m or 0; negative = for ever.")
    String keep_alive() default "5m";

    @AttributeDefinition(
            name = "Models in memory",
            description = "Most models loaded at once; 0 = as many as fit into memory.")
    int max_loaded_models() default 3;

    @AttributeDefinition(
            name = "Preload",
            description = "Names of models that are loaded at start, and again when there is room; nothing else is"
                    + " unloaded for them.")
    String[] preload() default {};

    @AttributeDefinition(
            name = "Pinned",
            description = "Names of models that, once loaded, are never unloaded to make room nor for being idle.")
    String[] pinned() default {};

    @AttributeDefinition(
            name = "Waiting requests",
            description = "Most requests that wait for a model, 0 or more; one more is turned away.")
    int max_queue() default 512;

    @AttributeDefinition(
            name = "Running requests of one identity",
            description = "Most requests of one identity that hold a model at the same time; 0 = no limit.")
    int identity_running() default 0;

    @AttributeDefinition(
            name = "Waiting requests of one identity",
            description = "Most requests of one identity that wait; one more of it is turned away. 0 = no limit of its"
                    + " own: while no keys are configured, everybody is the same identity, and only the limit of all"
                    + " waiting requests counts.")
    int identity_waiting() default 0;

    @AttributeDefinition(
            name = "Answers at once",
            description = "Answers that one model gives at the same time; the rest waits for its turn."
                    + " 0 = by model and memory, at least 4. For models loaded from now on.")
    int parallel() default 0;

    @AttributeDefinition(
            name = "Context",
            description = "Tokens of context of each answer, for requests that name no num_ctx; never more than the"
                    + " model was trained for. 0 = the largest window that fits into memory.")
    int context_length() default 0;

    @AttributeDefinition(
            name = "Context limit",
            description = "Most tokens of context when neither the request nor the setting above names a number;"
                    + " 0 = what the model was trained for.")
    int context_limit() default 0;

    @AttributeDefinition(
            name = "Threads",
            description = "Compute threads of a runner for requests that name no num_thread; 0 = one for each core.")
    int threads() default 0;

    @AttributeDefinition(
            name = "Draft models",
            description = "Small models that guess tokens ahead for large ones of the same vocabulary, each as"
                    + " MODEL=DRAFT, like llama3.1:8b=llama3.2:1b. Answers are the same. One that cannot be used is"
                    + " left out, with the reason in the log and in ps. For models loaded from now on.")
    String[] draft_models() default {};

    @AttributeDefinition(
            name = "Offload",
            description = "Layers that go to a GPU when a request names no num_gpu: auto (as many as fit), all (or the"
                    + " model is refused), none, or a number. For models loaded from now on.")
    String offload() default "auto";

    @AttributeDefinition(
            name = "Require a GPU",
            description = "Whether a model of which not a single layer can go to a GPU is refused, with the reason.")
    boolean require_gpu() default false;

    @AttributeDefinition(
            name = "Backends of models",
            description = "Models that one backend computes and no other, each as MODEL=BACKEND or"
                    + " MODEL=BACKEND@VERSION, like llama3.2:1b=vulkan. For models loaded from now on.")
    String[] backend_models() default {};

    @AttributeDefinition(
            name = "Rebalance",
            description =
                    "When a loaded model moves to a better backend that came: immediate (in the middle of"
                            + " answers), idle (as soon as nobody uses it) or never. From a backend that went it moves at once.")
    String rebalance() default "idle";

    @AttributeDefinition(
            name = "Memory margin",
            description = "Percent of each device's memory that is never promised to a model, 0 to 90; of devices of"
                    + " 4 GiB or more at least 256 MiB, unless it is 0.")
    int memory_margin() default 5;

    @AttributeDefinition(
            name = "Plan timeout",
            description = "How long it may take to find out what a model needs before it is loaded without a plan, as"
                    + " a duration like 30s.")
    String plan_timeout() default "30s";

    @AttributeDefinition(
            name = "Patience",
            description = "How long a request waits for room in memory while others go on using the loaded models;"
                    + " after that the least recently used one takes no new requests until it was exchanged;"
                    + " as a duration like 10s.")
    String patience() default "10s";

    @AttributeDefinition(
            name = "Swap patience",
            description = "An idle model goes for another one when it was idle for as long as it took to load, but for"
                    + " no longer than this, as a duration like 10s; 0 = at once.")
    String swap_patience() default "10s";

    @AttributeDefinition(
            name = "Longest patience",
            description = "Who waited longer than this comes before everybody else, whatever the priority and who was"
                    + " served how much, as a duration like 60s.")
    String patience_longest() default "60s";

    @AttributeDefinition(
            name = "Stop timeout",
            description = "How long stopping waits for all runners to end, as a duration like 10s.")
    String stop_timeout() default "10s";
}
