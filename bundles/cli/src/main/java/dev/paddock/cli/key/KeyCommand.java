package dev.paddock.cli.key;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock key}: shows what its parts are. */
@Command(
        name = "key",
        description = "API keys: make, list, revoke and rotate them while the server runs.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeyCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private KeyCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new KeyCommand(site))
                .addSubcommand(new CreateKey(site))
                .addSubcommand(new ListKeys(site))
                .addSubcommand(new RevokeKey(site))
                .addSubcommand(new RotateKey(site));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
