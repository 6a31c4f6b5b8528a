package dev.paddock.cli.template;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock template}: shows what its parts are. */
@Command(
        name = "template",
        description = "Chat templates: check one, see a model's prompt, render many.",
        synopsisSubcommandLabel = "COMMAND")
public final class TemplateCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private TemplateCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new TemplateCommand(site))
                .addSubcommand(new CheckTemplate(site))
                .addSubcommand(new RenderTemplate(site))
                .addSubcommand(new BatchTemplates(site));
    }

    /** Runs its part that renders many, which has no options to be read; gives the exit code. */
    public static int batch(Site site) {
        return new BatchTemplates(site).call();
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
