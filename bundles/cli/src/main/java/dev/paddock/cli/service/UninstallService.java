package dev.paddock.cli.service;

import dev.paddock.cli.server.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Removes the service. */
@Command(
        name = "uninstall",
        description = "Stop the service and remove it; models, configuration and its user stay.",
        footer = {"", "Exit codes: 0 done, 1 it did not work, 3 nothing here starts services, 4 not installed."})
final class UninstallService implements Callable<Integer> {
    private final Site site;
    private final Machine machine;

    @ArgGroup(exclusive = true)
    private Scope scope = new Scope();

    UninstallService(Site site, Machine machine) {
        this.site = site;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        return ServiceSystem.of(machine, scope.isSystem(machine)).uninstall(site.out()::println);
    }
}
