package dev.paddock.cli;

import dev.paddock.cli.backend.BackendCommand;
import dev.paddock.cli.bench.BenchCommand;
import dev.paddock.cli.completion.CompletionCommand;
import dev.paddock.cli.config.ConfigCommand;
import dev.paddock.cli.doctor.DoctorCommand;
import dev.paddock.cli.key.KeyCommand;
import dev.paddock.cli.models.ModelsCommand;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.service.ServiceCommand;
import dev.paddock.cli.template.TemplateCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, as picocli sees them. */
@Command(
        name = "paddock",
        description = "A local LLM server that you can change while it runs, and its command line.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The server is looked for at PADDOCK_HOST (or OLLAMA_HOST), by default",
            "127.0.0.1:11434.",
            "Exit codes: 0 done, 1 it did not work, 2 asked wrongly, 130 interrupted."
        })
final class CommandTree implements Runnable {
    /** By their names; aliases are known to the commands themselves. */
    private static final Map<String, Function<Site, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", _ -> new ServeCommand());
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("list", ListCommand::new);
        COMMANDS.put("ps", PsCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("release", ReleaseCommand::new);
        COMMANDS.put("show", ShowCommand::new);
        COMMANDS.put("pull", PullCommand::new);
        COMMANDS.put("push", PushCommand::new);
        COMMANDS.put("cp", CpCommand::new);
        COMMANDS.put("rm", RmCommand::new);
        COMMANDS.put("create", CreateCommand::new);
        COMMANDS.put("config", ConfigCommand::withParts);
        COMMANDS.put("models", ModelsCommand::withParts);
        COMMANDS.put("template", TemplateCommand::withParts);
        COMMANDS.put("backend", BackendCommand::withParts);
        COMMANDS.put("key", KeyCommand::withParts);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("bench", BenchCommand::withParts);
        COMMANDS.put("health", HealthCommand::new);
        COMMANDS.put("logs", LogsCommand::new);
        COMMANDS.put("top", TopCommand::new);
        COMMANDS.put("drain", DrainCommand::new);
        COMMANDS.put("shell", ShellCommand::new);
        COMMANDS.put("service", ServiceCommand::withParts);
        COMMANDS.put("completion", site -> new CompletionCommand(site, () -> of(site)));
    }

    private final Site site;

    @Spec
    private CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Explain the command and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it before anything could read it
    private boolean help;

    @CommandLine.Option(
            names = {"-v", "--version"},
            description = "Say the versions of server and command line.")
    private boolean version;

    private CommandTree(Site site) {
        this.site = site;
    }

    /**
     * The tree whose commands act at that site. When the first word is a command only that one is in it: each costs
     * milliseconds, and only help and errors speak of the others.
     */
    static CommandLine of(Site site, String... words) {
        CommandLine tree = new CommandLine(new CommandTree(site));
        var wanted = words.length == 0 ? null : COMMANDS.get(words[0]);
        if (wanted == null) COMMANDS.values().forEach(command -> tree.addSubcommand(command.apply(site)));
        else tree.addSubcommand(wanted.apply(site));
        tree.setOut(new PrintWriter(site.out(), true, site.out().charset()));
        tree.setErr(new PrintWriter(site.err(), true, site.err().charset()));
        tree.setExecutionExceptionHandler((e, line, result) -> site.tell(e));
        tree.setParameterExceptionHandler((e, args) -> tellUsage(site, e));
        return tree;
    }

    @Override
    public void run() {
        if (version) new VersionCommand(site).call(false);
        else spec.commandLine().usage(site.out());
    }

    private static int tellUsage(Site site, ParameterException e) {
        CommandSpec asked = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched && asked.parent() == null) {
            String word = unmatched.getUnmatched().getFirst();
            if (!word.startsWith("-")) {
                site.say("Error: unknown command \"" + word + "\" for \"paddock\"");
                site.say("Try: paddock --help");
                return Failure.USAGE;
            }
        }
        // picocli writes that word before some of its messages.
        site.say("Error: " + e.getMessage().replaceFirst("^Error: ", ""));
        site.say("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Failure.USAGE;
    }
}
