package dev.paddock.cli.backend;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.BackendTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the backends, their devices, and why one is not used. */
@Command(name = "list", description = "List the backends, their devices, and why one is not used.")
final class ListBackends implements Callable<Integer> {
    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ListBackends(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var told = site.api().get("/api/backends");
        if (json) site.json(told);
        else site.out().print(BackendTables.all(told));
        return 0;
    }
}
