package dev.paddock.cli.models;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.StoreTables;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what no model uses. */
@Command(
        name = "prune",
        description =
                "Remove what no model uses: blobs, leftovers of writes that were cut, downloads too old to go on.")
final class PruneModels implements Callable<Integer> {
    private final Site site;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    PruneModels(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var pruned = site.ownersApi().call("POST", "/api/models/prune", Map.of("dry_run", dryRun));
        if (json) site.json(pruned);
        else site.out().print(StoreTables.pruned(pruned));
        return 0;
    }
}
