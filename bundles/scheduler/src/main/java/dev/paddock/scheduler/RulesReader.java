package dev.paddock.scheduler;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload.Mode;
import dev.paddock.api.settings.Durations;
import java.time.Duration;
import java.util.Locale;

/** Makes rules of settings; what cannot be used is named. */
final class RulesReader {
    private RulesReader() {}

    /**
     * Reads all settings.
     *
     * @throws IllegalArgumentException naming the setting that cannot be used
     */
    static Rules read(SchedulerConfig config) {
        return new Rules(
                new Rules.Residency(
                        keepAlive(config.keep_alive()),
                        config.max_loaded_models(),
                        ModelNames.of("preload", config.preload()),
                        ModelNames.of("pinned", config.pinned())),
                new Rules.Fairness(
                        config.max_queue(),
                        config.identity_running(),
                        config.identity_waiting(),
                        time("patience", config.patience()),
                        time("swap.patience", config.swap_patience()),
                        time("patience.longest", config.patience_longest())),
                new Rules.Sizes(
                        config.parallel(),
                        config.context_length(),
                        config.context_limit(),
                        config.threads(),
                        DraftModels.of(config.draft_models())),
                new Rules.Placing(
                        offload(config.offload(), config.require_gpu()),
                        BackendPins.of(config.backend_models()),
                        rebalance(config.rebalance()),
                        config.memory_margin(),
                        time("plan.timeout", config.plan_timeout())));
    }

    static Duration time(String key, String value) {
        return Durations.setting(RequestScheduler.PID, key, value);
    }

    private static KeepAlive keepAlive(String value) {
        try {
            return KeepAlive.parse(value);
        } catch (PaddockException e) {
            throw new IllegalArgumentException(
                    RequestScheduler.PID + ": keep.alive is " + value
                            + "; write a duration like 5m, a negative one for ever",
                    e);
        }
    }

    private static Offload offload(String value, boolean gpuRequired) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> new Offload(Mode.AUTO, 0, gpuRequired);
            case "all" -> new Offload(Mode.ALL, 0, gpuRequired);
            case "none" -> new Offload(Mode.NONE, 0, gpuRequired);
            case String number
            when number.matches("[0-9]{1,6}") -> new Offload(Mode.EXACTLY, Integer.parseInt(number), gpuRequired);
            default -> throw wrong("offload", value, "auto, all, none or a number of layers");
        };
    }

    private static Rules.Rebalance rebalance(String value) {
        try {
            return Rules.Rebalance.valueOf(value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw wrong("rebalance", value, "immediate, idle or never");
        }
    }

    private static IllegalArgumentException wrong(String key, String value, String allowed) {
        return new IllegalArgumentException(RequestScheduler.PID + ": " + key + " is " + value + "; write " + allowed);
    }
}
