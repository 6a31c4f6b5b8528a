package dev.paddock.cli.bench;

import dev.paddock.cli.server.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paddock bench}: shows what its parts are. */
@Command(
        name = "bench",
        description = "Measure speed: of a model, of any OpenAI-compatible server; or make a model to measure.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without any download: paddock bench make --size 1b 1b.gguf says how to go on.",
            "Progress goes to standard error, results to standard output."
        })
public final class BenchCommand implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    private BenchCommand(Site site) {
        this.site = site;
    }

    /** The command with its parts, acting at that site. */
    public static CommandLine withParts(Site site) {
        return new CommandLine(new BenchCommand(site))
                .addSubcommand(new BenchModel(site))
                .addSubcommand(new BenchUrl(site))
                .addSubcommand(new BenchMake(site));
    }

    @Override
    public void run() {
        spec.commandLine().usage(site.out());
    }
}
