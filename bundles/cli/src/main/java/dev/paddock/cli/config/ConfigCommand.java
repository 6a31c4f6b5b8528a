package dev.paddock.cli.config;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock config}: shows what its parts are. */
@Command(
        name = "config",
        description = "The server's settings: see and change them while it runs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A SETTING is its key, such as keep.alive; where several parts of the server",
            "have that key, their name goes before it: scheduler/keep.alive."
        })
public final class ConfigCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private ConfigCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new ConfigCommand(site))
                .addSubcommand(new ListSettings(site))
                .addSubcommand(new GetSetting(site))
                .addSubcommand(new SetSetting(site))
                .addSubcommand(new UnsetSetting(site))
                .addSubcommand(new SettingsHistory(site))
                .addSubcommand(new RevertSetting(site));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
