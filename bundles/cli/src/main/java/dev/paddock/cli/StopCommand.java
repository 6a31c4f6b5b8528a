package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.ServerStop;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Unloads a model, or stops the server. */
@Command(name = "stop", description = "Unload a model; without a model: stop the server.")
final class StopCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The model to unload.")
    private String model;

    @Option(names = "--json", description = "With a model: as one JSON object.")
    private boolean json;

    StopCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (model == null) return new ServerStop(site).stop();
        try {
            site.api().call("POST", "/api/generate", Map.of("model", model, "keep_alive", 0));
        } catch (Refused e) {
            if (e.status() == 404) throw new Failure("couldn't find model \"" + model + "\" to stop");
            throw e;
        }
        if (json) site.json(Map.of("stopped", model));
        return 0;
    }
}
