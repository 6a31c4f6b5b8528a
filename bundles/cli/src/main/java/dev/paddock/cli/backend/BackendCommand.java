package dev.paddock.cli.backend;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock backend}: shows what its parts are. */
@Command(
        name = "backend",
        description = "What computes: list, install, remove and pin backends while the server runs.",
        synopsisSubcommandLabel = "COMMAND")
public final class BackendCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private BackendCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new BackendCommand(site))
                .addSubcommand(new ListBackends(site))
                .addSubcommand(new InstallBackend(site))
                .addSubcommand(new RemoveBackend(site))
                .addSubcommand(new PinBackend(site))
                .addSubcommand(new UnpinBackend(site));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
