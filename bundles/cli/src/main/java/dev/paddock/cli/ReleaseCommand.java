package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a model out of quarantine. */
@Command(name = "release", description = "Let a model out of quarantine, where it is when its runners kept dying.")
final class ReleaseCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "MODEL", description = "The model to release.")
    private String model;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ReleaseCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = site.api().call("POST", "/api/release", Map.of("model", model));
        if (!Boolean.TRUE.equals(answer.get("released"))) throw new Failure(model + " is not in quarantine");
        if (json) site.json(answer);
        else site.out().println(model + " is released; the next request loads it");
        return 0;
    }
}
