package dev.paddock.engine;

import dev.paddock.api.settings.Durations;
import dev.paddock.engine.backend.Choices;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The engine's settings, checked; one immutable snapshot.
 *
 * @param heap most Java heap of a runner, as the JVM's -Xmx reads it; the model lies outside of it
 * @param start how long a new runner may take until it reports
 * @param load how long loading may go on without a sign of progress
 * @param silence how long a ready runner may be silent before it counts as hung
 * @param progress how long a runner may compute no token while something runs; zero = for ever
 * @param stop how long a runner may take to end before it is killed
 * @param quantize how long quantizing may go on without finishing a tensor
 * @param tuning what runners are told, also while they run
 * @param quarantine when a model is not loaded for a while
 * @param resumes how often a generation goes on after its runner died
 * @param backends which backends are used and how they are tried
 */
record EngineSettings(
        String heap,
        Duration start,
        Duration load,
        Duration silence,
        Duration progress,
        Duration stop,
        Duration quantize,
        Message.Tuning tuning,
        Quarantine.Rules quarantine,
        int resumes,
        BackendRules backends) {
    /** One that dies so often under one request probably dies of it. */
    static final int MOST_RESUMES = 2;

    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,5}[kKmMgG]");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kKmMgGtT]?)");
    private static final String UNITS = "kmgt";
    /** An eighth of the memory; the runner knows how much that is. */
    private static final long AUTO = -1;

    EngineSettings {
        if (!HEAP.matcher(heap).matches()) throw wrong("runner.heap", heap, "write a size like 64m");
    }

    static EngineSettings of(EngineConfig config) {
        return new EngineSettings(
                config.runner_heap(),
                time("start.timeout", config.start_timeout()),
                time("load.timeout", config.load_timeout()),
                time("heartbeat.timeout", config.heartbeat_timeout()),
                time("progress.timeout", config.progress_timeout()),
                time("stop.timeout", config.stop_timeout()),
                time("quantize.timeout", config.quantize_timeout()),
                new Message.Tuning(
                        size("cache.host", config.cache_host(), "auto", AUTO),
                        size("cache.disk", config.cache_disk(), "off", 0),
                        speculates(config.speculative())),
                rules(config),
                MOST_RESUMES,
                backends(config));
    }

    /**
     * Which backends are used and how they are tried.
     *
     * @param probe how long a probe may take
     * @param again after what time a refused backend is probed again; zero = never
     * @param fit how long the question what a model would take may last
     * @param choices what an operator decided
     * @param canary when a new backend may take a model over
     */
    record BackendRules(Duration probe, Duration again, Duration fit, Choices choices, Canary.Rules canary) {}

    private static BackendRules backends(EngineConfig config) {
        return new BackendRules(
                time("probe.timeout", config.probe_timeout()),
                time("probe.again", config.probe_again()),
                time("fit.timeout", config.fit_timeout()),
                choices(config),
                new Canary.Rules(
                        between("canary.tolerance", config.canary_tolerance(), 20),
                        between("canary.speed", config.canary_speed(), 1)));
    }

    private static Choices choices(EngineConfig config) {
        try {
            return Choices.of(List.of(config.backends_pinned()), List.of(config.backends_off()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ProcessEngine.PID + ": " + e.getMessage(), e);
        }
    }

    private static double between(String key, double value, double most) {
        if (value >= 0 && value <= most) return value;
        throw wrong(key, String.valueOf(value), "write 0 to " + most);
    }

    private static Quarantine.Rules rules(EngineConfig config) {
        int deaths = config.quarantine_deaths();
        if (deaths < 0 || deaths > 1000) {
            throw wrong("quarantine.deaths", String.valueOf(deaths), "write 0 (never) to 1000");
        }
        return new Quarantine.Rules(
                deaths,
                time("quarantine.window", config.quarantine_window()),
                time("quarantine.time", config.quarantine_time()));
    }

    private static boolean speculates(String value) {
        return switch (value) {
            case "auto" -> true;
            case "off" -> false;
            default -> throw wrong("speculative", value, "write auto or off");
        };
    }

    /** Bytes, with a unit or without; or the word that stands for a number. */
    private static long size(String key, String value, String word, long meaning) {
        if (value.equals(word)) return meaning;
        var size = SIZE.matcher(value);
        if (!size.matches()) throw wrong(key, value, "write " + word + ", 0 or a size like 2g");
        String unit = size.group(2).toLowerCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(unit));
        long number = Long.parseLong(size.group(1));
        if (number > Long.MAX_VALUE >> shift) throw wrong(key, value, "that is more than can be counted");
        return number << shift;
    }

    private static IllegalArgumentException wrong(String key, String value, String advice) {
        return new IllegalArgumentException(ProcessEngine.PID + ": " + key + " is " + value + "; " + advice);
    }

    private static Duration time(String key, String value) {
        return Durations.setting(ProcessEngine.PID, key, value);
    }
}
