package dev.paddock.cli;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.ProcessAge;
import dev.paddock.cli.models.Pull;
import dev.paddock.cli.run.AnswerPrinter;
import dev.paddock.cli.run.Attachments;
import dev.paddock.cli.run.Conversation;
import dev.paddock.cli.run.Embedding;
import dev.paddock.cli.run.Manner;
import dev.paddock.cli.run.Prompt;
import dev.paddock.cli.run.Repl;
import dev.paddock.cli.run.Report;
import dev.paddock.cli.run.ThinkLevel;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.NoServer;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.ServerStart;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Screen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model, once or in a conversation; starts a server when none answers. */
@Command(
        name = "run",
        description = "Ask a model once, or without a prompt converse with it. Starts a server when none answers, and"
                + " pulls a model that is not there."
                + " What is piped in goes before the prompt.")
final class RunCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model;

    @Parameters(index = "1..*", paramLabel = "PROMPT", description = "What to ask; words are joined.")
    private List<String> prompt = new ArrayList<>();

    @Option(
            names = "--think",
            paramLabel = "LEVEL",
            description = "Ask for thoughts: true, false, low, medium, high, max.")
    private String think;

    @Option(names = "--hidethinking", description = "Do not show thoughts.")
    private boolean hideThinking;

    @Option(names = "--verbose", description = "Show times and rates.")
    private boolean verbose;

    @Option(names = "--format", paramLabel = "FORMAT", description = "json: the answer is JSON.")
    private String format = "";

    @Option(
            names = "--keepalive",
            paramLabel = "DURATION",
            description = "How long the model stays loaded, such as 5m.")
    private String keepAlive = "";

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description = "A parameter of the model, such as num_ctx=4096; repeatable.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--insecure", description = "Use plain HTTP when the model must be pulled.")
    private boolean insecure;

    @Option(names = "--nowordwrap", description = "Do not break lines between words.")
    private boolean noWordWrap;

    @Option(names = "--truncate", description = "Embedding models: cut a text that is too long.")
    private boolean truncate;

    @Option(names = "--dimensions", paramLabel = "NUMBER", description = "Embedding models: so many numbers.")
    private int dimensions;

    @Option(names = "--temperature", paramLabel = "NUMBER", description = "Short for -o temperature=NUMBER.")
    private String temperature;

    RunCommand(Site site) {
        this.site = site;
    }

    /** Whether these words ask for a run and need no reading of options. */
    static boolean isPlain(String... args) {
        if (args.length < 2 || !args[0].equals("run")) return false;
        for (String arg : args) {
            if (arg.startsWith("-")) return false;
        }
        return true;
    }

    /** The command for words that {@link #isPlain}. */
    static RunCommand plain(Site site, String... args) {
        RunCommand command = new RunCommand(site);
        command.model = args[1];
        for (int i = 2; i < args.length; i++) command.prompt.add(args[i]);
        return command;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(site.api(), model, manner());
        String question = interactive() ? "" : question();
        try {
            ask(conversation, question);
        } catch (Refused e) {
            if (e.status() == 400 && new Embedding(site, model).isMeant()) {
                return new Embedding(site, model).print(question, truncate, dimensions);
            }
            if (e.status() != 404) throw e;
            pull(e);
            ask(conversation, question);
        }
        return 0;
    }

    private static void requireDuration(String text) {
        try {
            Durations.parse(text);
        } catch (PaddockException e) {
            throw new Failure(Failure.USAGE, e.getMessage());
        }
    }

    private boolean interactive() {
        return prompt.isEmpty() && site.terminal().in() && site.terminal().out();
    }

    private void ask(Conversation conversation, String question) {
        if (interactive()) converse(conversation);
        else once(conversation, question);
    }

    /** Brings a model that the server does not have. An Ollama that holds the port is not meant to get one. */
    private void pull(Refused missing) {
        String peer = site.api().peer().kindNote();
        if (!peer.isEmpty()) throw new Failure(missing.getMessage() + peer);
        try {
            new Pull(site, insecure).model(model);
        } catch (Refused e) {
            throw new Failure(missing.getMessage() + ", and it cannot be pulled: " + e.getMessage()
                    + "; `paddock list` shows the models there are");
        }
    }

    private Manner manner() {
        Manner manner = new Manner();
        if (think != null) manner.think(ThinkLevel.parse(think));
        manner.thinkingHidden(hideThinking);
        manner.verbose(verbose);
        manner.wrapped(!noWordWrap);
        manner.historyKept(Site.historyAllowed());
        manner.format(format);
        if (!keepAlive.isEmpty()) requireDuration(keepAlive);
        manner.keepAlive(keepAlive);
        if (temperature != null) options.put("temperature", temperature);
        options.forEach((name, value) -> {
            String warning = manner.parameters().set(name, value);
            if (!warning.isEmpty()) site.say("Warning: " + warning);
        });
        return manner;
    }

    private String question() {
        String words = String.join(" ", prompt);
        if (site.terminal().in()) return words;
        try {
            String piped = new String(site.in().readAllBytes(), StandardCharsets.UTF_8);
            if (piped.isBlank()) return words;
            return words.isEmpty() ? piped : piped + " " + words;
        } catch (IOException e) {
            throw new Failure("standard input cannot be read: " + e.getMessage());
        }
    }

    private void converse(Conversation conversation) {
        try {
            conversation.load();
        } catch (NoServer e) {
            new ServerStart(site).start(e);
            conversation.load();
        }
        try (Prompt lines = Prompt.of(site, conversation)) {
            new Repl(site, conversation, lines).loop();
        }
    }

    private void once(Conversation conversation, String question) {
        try {
            answer(conversation, question, Duration.ZERO);
        } catch (NoServer e) {
            answer(conversation, question, new ServerStart(site).start(e));
        }
    }

    private void answer(Conversation conversation, String question, Duration serverStart) {
        if (question.isEmpty()) {
            conversation.load();
            return;
        }
        AnswerPrinter printer =
                new AnswerPrinter(site.out(), hideThinking, site.terminal().out(), columns());
        Attachments message = Attachments.of(question);
        message.notes().forEach(site::say);
        Map<String, Object> last = conversation.say(message, printer);
        site.out().print(site.terminal().out() ? "\n\n" : "\n");
        site.out().flush();
        if (verbose) site.err().print(Report.of(last));
        if (!serverStart.isZero()) site.say(Report.steps(serverStart, last, sinceStart(printer.firstNanos())));
    }

    /** Asking costs a process, so only where somebody reads. */
    private int columns() {
        return noWordWrap || !site.terminal().out() ? 0 : Screen.here().columns();
    }

    /** From the start of this process to a moment in the past. */
    private static Duration sinceStart(long nanos) {
        return ProcessAge.orElseGet(() ->
                        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()))
                .minusNanos(System.nanoTime() - nanos);
    }
}
