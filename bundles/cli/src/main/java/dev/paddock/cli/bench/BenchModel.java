package dev.paddock.cli.bench;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.http.Http;
import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a model of our server, beside the same model in a plain loop without a server. */
@Command(
        name = "model",
        description = "Measure a model of the server, beside the same model in a plain loop without it.",
        footer = {
            "",
            "The plain loop loads the model once more, in a process of its own, while the",
            "server keeps it: there must be memory for both. Loop and server take turns, so",
            "that a busy machine disturbs both alike."
        })
final class BenchModel implements Callable<Integer> {
    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S.*)$");

    private final Site site;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the plain loop, by default one for each core. PADDOCK_THREADS sets the server's.")
    private int threads;

    @Option(names = "--no-raw", description = "Measure only through HTTP.")
    private boolean withoutRaw;

    @Mixin
    private LoadOptions options = new LoadOptions();

    BenchModel(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        options.check();
        if (threads < 0 || threads > 512) {
            throw new Failure(Failure.USAGE, "--threads must be from 0 (one for each core) to 512, not " + threads);
        }
        Path weights = weights(Json.text(site.api().call("POST", "/api/show", Map.of("model", model)), "modelfile"));
        Results results = Session.during(site, (cancellation, progress) -> {
            Measurement measurement = new Measurement(server(), model, options, cancellation, progress);
            measurement.warmUp();
            // Only now: loading the model has put the engine's files where they are looked for.
            return measurement.run(raw(weights, cancellation));
        });
        return Session.print(site, results, options.json());
    }

    private OpenAi server() {
        HostAddress own = site.address();
        HostAddress base = new HostAddress(own.scheme(), own.host(), own.port(), own.path() + "/v1");
        Http http = new Http(base, "paddock/" + Version.own());
        return new OpenAi(http, model, options.way(), options.ignoreEnd(), options.silence());
    }

    /** Where the weights lie on the server's machine. */
    static Path weights(String modelfile) {
        var from = FROM.matcher(modelfile);
        return Path.of(from.find() ? from.group(1).strip() : "");
    }

    private Optional<RawLoop> raw(Path weights, Cancellation cancellation) {
        if (withoutRaw) return Optional.empty();
        if (!Files.isRegularFile(weights)) {
            throw noRaw("the weights " + weights + " are not on this machine");
        }
        long layers = layersOnDevices(site.api().get("/api/ps"), model);
        if (layers > 0)
            throw noRaw("it computes on the CPU, but the server has " + layers + " layers of the model on a GPU");
        EngineFiles files = EngineFiles.onCpu(site)
                .orElseThrow(() -> noRaw("there are no engine files in " + site.home() + " nor beside the program;"
                        + " does PADDOCK_HOME name the server's home?"));
        return Optional.of(new RawLoop(files, weights, threads, cancellation));
    }

    /** How many layers of a loaded model are not on the CPU, as {@code /api/ps} says. */
    static long layersOnDevices(Map<String, Object> running, String model) {
        List<String> names = List.of(model, model + ":latest");
        return Json.maps(running, "models").stream()
                .filter(loaded -> names.contains(Json.text(loaded, "name")))
                .mapToLong(loaded -> Json.number(Json.map(Json.map(loaded, "paddock"), "placement"), "layers"))
                .max()
                .orElse(0);
    }

    private static Failure noRaw(String why) {
        return new Failure("the plain loop cannot be run: " + why + " (--no-raw measures without it)");
    }
}
