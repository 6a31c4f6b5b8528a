package dev.paddock.cli.service;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock service}: shows what its parts are. */
@Command(
        name = "service",
        description = "Have the server started by systemd or launchd: install, uninstall, status.",
        synopsisSubcommandLabel = "COMMAND")
public final class ServiceCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private ServiceCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return withParts(site, Machine.here());
    }

    static CommandLine withParts(Site site, Machine machine) {
        return new CommandLine(new ServiceCommand(site))
                .addSubcommand(new InstallService(site, machine))
                .addSubcommand(new UninstallService(site, machine))
                .addSubcommand(new ServiceStatus(site, machine));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
