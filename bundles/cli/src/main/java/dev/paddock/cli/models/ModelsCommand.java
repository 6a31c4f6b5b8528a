package dev.paddock.cli.models;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock models}: shows what its parts are. */
@Command(
        name = "models",
        description = "The models on disk: take over, weigh, tidy up, check, pack and unpack them.",
        synopsisSubcommandLabel = "COMMAND")
public final class ModelsCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private ModelsCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new ModelsCommand(site))
                .addSubcommand(new AdoptModels(site))
                .addSubcommand(new WeighModels(site))
                .addSubcommand(new PruneModels(site))
                .addSubcommand(new VerifyModels(site))
                .addSubcommand(new HousekeepingSteps(site))
                .addSubcommand(new ExportModel(site))
                .addSubcommand(new ImportModels(site));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
