package dev.paddock.cli.service;

import dev.paddock.cli.server.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Says how the service is. */
@Command(
        name = "status",
        description = "Say whether the service is installed and runs.",
        footer = {"", "Exit codes: 0 it runs, 1 it does not, 3 nothing here starts services, 4 not installed."})
final class ServiceStatus implements Callable<Integer> {
    private final Site site;
    private final Machine machine;

    @ArgGroup(exclusive = true)
    private Scope scope = new Scope();

    ServiceStatus(Site site, Machine machine) {
        this.site = site;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        return ServiceSystem.of(machine, scope.isSystem(machine)).status(site.out()::println);
    }
}
