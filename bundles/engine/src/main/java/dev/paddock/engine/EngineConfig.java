package dev.paddock.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How runner processes are started and stopped. Changes count for models loaded from then on, where nothing else is said. */
@ObjectClassDefinition(name = "Paddock engine", description = "The processes that models run in.")
public @interface EngineConfig {
    @AttributeDefinition(
            name = "Runner heap",
            description = "Most Java heap of a runner, with a unit: k, m or g. Models lie outside of it.")
    String runner_heap() default "256m";

    @AttributeDefinition(
            name = "Start timeout",
            description = "How long a new runner may take until it reports, as a duration like 30s.")
    String start_timeout() default "30s";

    @AttributeDefinition(
            name = "Load timeout",
            description = "How long loading may go on without a sign of progress, as a duration like 5m.")
    String load_timeout() default "5m";

    @AttributeDefinition(
            name = "Heartbeat timeout",
            description = "How long a runner may be silent before it counts as hung and is killed, as a duration"
                    + " like 30s.")
    String heartbeat_timeout() default "30s";

    @AttributeDefinition(
            name = "Stop timeout",
            description = "How long a runner may take to end before it is killed, as a duration like 3s. Counts at"
                    + " once.")
    String stop_timeout() default "3s";

    @AttributeDefinition(
            name = "Progress timeout",
            description = "How long a runner may compute no token while it has something to compute before it counts"
                    + " as hung and is replaced, as a duration like 2m; 0 = for ever. Counts at once.")
    String progress_timeout() default "2m";

    @AttributeDefinition(
            name = "Host cache",
            description = "How much memory each runner may use for prefixes that left the context: auto (an eighth of"
                    + " the memory, at most 8g), 0 for none, or a size like 2g. Counts at once.")
    String cache_host() default "auto";

    @AttributeDefinition(
            name = "Disk cache",
            description = "How much disk all models together may use for prefixes that outlive their runner: off, or a"
                    + " size like 10g. They lie in cache/prefixes and hold what users wrote. Counts at once.")
    String cache_disk() default "off";

    @AttributeDefinition(
            name = "Speculation",
            description = "Whether tokens are guessed ahead where that pays: auto or off. Answers are the same. Counts"
                    + " at once; draft models are loaded or left out when their model is loaded.")
    String speculative() default "auto";

    @AttributeDefinition(
            name = "Quarantine deaths",
            description = "How many deaths of a model's runners within the window put it in quarantine; 0 = never.")
    int quarantine_deaths() default 3;

    @AttributeDefinition(
            name = "Quarantine window",
            description = "The time in which deaths of a model's runners are counted, as a duration like 5m.")
    String quarantine_window() default "5m";

    @AttributeDefinition(
            name = "Quarantine time",
            description = "How long a model in quarantine is not loaded, as a duration like 10m.")
    String quarantine_time() default "10m";

    @AttributeDefinition(
            name = "Probe timeout",
            description = "How long a backend may take until it says what devices it has, as a duration like 20s.")
    String probe_timeout() default "20s";

    @AttributeDefinition(
            name = "Probe again",
            description = "How often a backend that was refused is asked again, as a duration like 60s; 0 = never."
                    + " Counts at once.")
    String probe_again() default "60s";

    @AttributeDefinition(
            name = "Fit timeout",
            description = "How long the question what a model would take may last, as a duration like 60s.")
    String fit_timeout() default "60s";

    @AttributeDefinition(
            name = "Quantize timeout",
            description = "How long quantizing may go on without finishing a tensor before its process is killed, as a"
                    + " duration like 10m.")
    String quantize_timeout() default "10m";

    @AttributeDefinition(
            name = "Pinned backends",
            description = "Versions of backends that are used though newer ones are installed, each as ID=VERSION,"
                    + " like vulkan=0.1.0. Counts at once.")
    String[] backends_pinned() default {};

    @AttributeDefinition(
            name = "Backends off",
            description = "Ids of backends that are not used, like cuda; never cpu. Counts at once.")
    String[] backends_off() default {};

    @AttributeDefinition(
            name = "Canary tolerance",
            description = "How far the likelihoods of a new backend's tokens may be from the old one's before it takes"
                    + " a model over, in natural logarithms. Counts at once.")
    double canary_tolerance() default 0.5;

    @AttributeDefinition(
            name = "Canary speed",
            description = "How fast a new backend must be to take a model over, as a part of the old one's speed;"
                    + " 0 = its speed is not looked at. Counts at once.")
    double canary_speed() default 0.5;
}
