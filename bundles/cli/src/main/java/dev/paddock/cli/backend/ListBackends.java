package dev.paddock.cli.backend;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.BackendTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the backends, their devices, and why one is not used. */
@Command(name = "list", description = "List the backends, their devices, and why one is not used.")
final class ListBackends implements Callable<Integer> {
    private final Site site;

    ListBackends(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        site.out().print(BackendTables.all(site.api().get("/api/backends")));
        return 0;
    }
}
