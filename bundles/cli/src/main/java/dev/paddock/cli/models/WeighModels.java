package dev.paddock.cli.models;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.StoreTables;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what takes how much of the disk. */
@Command(name = "du", description = "Say what takes how much of the disk, the largest model first.")
final class WeighModels implements Callable<Integer> {
    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    WeighModels(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var usage = site.api().get("/api/models/usage");
        if (json) site.json(usage);
        else site.out().print(StoreTables.usage(usage, Instant.now()));
        return 0;
    }
}
