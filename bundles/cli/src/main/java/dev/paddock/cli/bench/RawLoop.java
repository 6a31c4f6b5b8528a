package dev.paddock.cli.bench;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plain decode loop of a runner, without server and socket: what a server can be measured against. */
final class RawLoop {
    /** The first touches the weights, the second is told. */
    private static final int RUNS = 2;

    /**
     * Speeds of all streams together, in tokens a second.
     *
     * @param prompt of the prompts
     * @param decode of what follows them
     */
    record Speeds(double prompt, double decode) {}

    private final EngineFiles files;
    private final Path model;
    private final int threads;
    private final Cancellation cancellation;

    /** @param threads 0 = one for each core, as a server takes */
    RawLoop(EngineFiles files, Path model, int threads, Cancellation cancellation) {
        this.files = files;
        this.model = model;
        this.threads = threads;
        this.cancellation = cancellation;
    }

    /**
     * Loads the model in a process of its own and runs the loop.
     *
     * @throws Failure when that process fails
     */
    Speeds run(int streams, int promptTokens, int predict) {
        List<String> options = new ArrayList<>(List.of("--backend", String.join(",", files.cpuVariants())));
        options.addAll(List.of("--model", model.toString(), "--runs", Integer.toString(RUNS)));
        options.addAll(List.of("--prompt-tokens", Integer.toString(promptTokens)));
        options.addAll(List.of("--predict", Integer.toString(predict), "--threads", Integer.toString(threads)));
        if (streams > 1) options.addAll(List.of("--streams", Integer.toString(streams)));
        return speeds(Child.run(files.command("raw", options), cancellation), streams);
    }

    /** Reads what the loop said: a list of speeds, one for each of its runs. */
    static Speeds speeds(Map<String, Object> said, int streams) {
        if (streams > 1 && Json.number(said, "streams") != streams) {
            throw new Failure("the runner of this server cannot decode " + streams
                    + " streams without a server; use --no-raw, or --clients 1");
        }
        return new Speeds(last(said, "prompt_tps"), last(said, "decode_tps"));
    }

    private static double last(Map<String, Object> said, String name) {
        if (said.get(name) instanceof List<?> speeds && !speeds.isEmpty() && speeds.getLast() instanceof Number speed) {
            return speed.doubleValue();
        }
        throw new Failure("the runner said no " + name + "; are command and server of the same version?");
    }
}
