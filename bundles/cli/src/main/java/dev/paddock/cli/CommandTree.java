package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** All commands, as picocli sees them. */
@Command(
        name = "paddock",
        description = "A local LLM server that you can change while it runs, and its command line.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The server is looked for at PADDOCK_HOST (or OLLAMA_HOST), by default 127.0.0.1:11434.",
            "Exit codes: 0 done, 1 it did not work, 2 asked wrongly, 130 interrupted."
        })
final class CommandTree implements Runnable {
    private final Site site;

    @Spec
    private CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Explain the command and stop.")
    private boolean help;

    @CommandLine.Option(
            names = {"-v", "--version"},
            description = "Say the versions of server and command line.")
    private boolean version;

    private CommandTree(Site site) {
        this.site = site;
    }

    /** The tree whose commands act at that site. */
    static CommandLine of(Site site) {
        CommandLine tree = new CommandLine(new CommandTree(site));
        tree.addSubcommand(new ServeCommand());
        tree.addSubcommand(new RunCommand(site));
        tree.addSubcommand(new StopCommand(site));
        tree.addSubcommand(new ListCommand(site));
        tree.addSubcommand(new PsCommand(site));
        tree.addSubcommand(new ShowCommand(site));
        tree.addSubcommand(new RmCommand(site));
        tree.addSubcommand(new CreateCommand(site));
        tree.addSubcommand(new VersionCommand(site));
        tree.addSubcommand(new HealthCommand(site));
        tree.setOut(new java.io.PrintWriter(site.out(), true));
        tree.setErr(new java.io.PrintWriter(site.err(), true));
        tree.setExecutionExceptionHandler((e, line, result) -> site.tell(e));
        tree.setParameterExceptionHandler((e, args) -> tellUsage(site, e));
        return tree;
    }

    @Override
    public void run() {
        if (version) new VersionCommand(site).call();
        else spec.commandLine().usage(site.out());
    }

    private static int tellUsage(Site site, ParameterException e) {
        site.say("Error: " + e.getMessage());
        site.say("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Failure.USAGE;
    }
}
