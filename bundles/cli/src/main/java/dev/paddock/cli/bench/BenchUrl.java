package dev.paddock.cli.bench;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.http.Http;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Version;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures any OpenAI-compatible server. */
@Command(
        name = "url",
        description = "Measure a model of any OpenAI-compatible server, with the load that `bench model` uses.",
        footer = {"", "Example: paddock bench url http://127.0.0.1:8000/v1 --model qwen --clients 1,8"})
final class BenchUrl implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "URL", description = "The base of its API; /v1 is added when it has no path.")
    private String url;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "The model, as that server names it.")
    private String model;

    @Option(names = "--api-key", paramLabel = "KEY", description = "Sent as a bearer token.")
    private String key = "";

    @Mixin
    private LoadOptions options = new LoadOptions();

    BenchUrl(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        options.check();
        OpenAi server = new OpenAi(http(), model, options.way(), options.ignoreEnd(), options.silence());
        Results results = Session.during(site, (cancellation, progress) -> {
            Measurement measurement = new Measurement(server, model, options, cancellation, progress);
            measurement.warmUp();
            return measurement.run(Optional.empty());
        });
        return Session.print(site, results, options.json());
    }

    private Http http() {
        if (!key.matches("[\\x21-\\x7e]*")) {
            throw new Failure(Failure.USAGE, "--api-key has characters that no HTTP header can hold");
        }
        Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
        return new Http(base(url), "paddock/" + Version.own(), headers);
    }

    /**
     * The base of the API behind what a user may write.
     *
     * @throws Failure when it is no address
     */
    static HostAddress base(String url) {
        HostAddress address = HostAddress.parse(url, complaint -> {
            throw new Failure(Failure.USAGE, complaint);
        });
        if (!address.scheme().matches("https?") || address.host().isEmpty() || url.matches(".*[\\s?#].*")) {
            throw new Failure(
                    Failure.USAGE, "\"" + url + "\" is no address of a server, such as http://127.0.0.1:8000/v1");
        }
        String path = address.path().replaceAll("(/chat)?/completions$", "");
        return new HostAddress(address.scheme(), address.host(), address.port(), path.isEmpty() ? "/v1" : path);
    }
}
