package dev.paddock.cli;

import dev.paddock.cli.models.Following;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a model to a registry. */
@Command(
        name = "push",
        description = "Take a model to the registry that its name says: HOST[:PORT]/NAMESPACE/NAME[:TAG]."
                + " `paddock cp` gives a model such a name.")
final class PushCommand implements Callable<Integer> {
    private static final String GO_ON =
            "interrupted; what has arrived is kept by most registries: try the same command again";

    private final Site site;

    @Parameters(paramLabel = "MODEL", description = "The model.")
    private String model;

    @Option(names = "--insecure", description = "Use plain HTTP with the registry.")
    private boolean insecure;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    PushCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var last = Following.of(site, GO_ON)
                .toTheEnd(() -> site.api().stream("/api/push", Map.of("model", model, "insecure", insecure)));
        if (json) site.json(last);
        return 0;
    }
}
