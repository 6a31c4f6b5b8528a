package dev.paddock.cli;

import dev.paddock.cli.models.Pull;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a model from a registry. */
@Command(
        name = "pull",
        description = "Bring a model from a registry: NAME[:TAG] from Ollama's, hf.co/USER/REPOSITORY[:QUANT],"
                + " HOST[:PORT]/NAMESPACE/NAME[:TAG] from any other. What an interrupted pull brought is kept.")
final class PullCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "MODEL", description = "The model.")
    private String model;

    @Option(names = "--insecure", description = "Use plain HTTP with the registry.")
    private boolean insecure;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    PullCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        new Pull(site, insecure).model(model);
        if (json) site.json(Map.of("status", "success", "model", model));
        return 0;
    }
}
