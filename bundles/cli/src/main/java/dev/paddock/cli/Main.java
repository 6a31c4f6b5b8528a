package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.template.TemplateCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command's entry. Exit codes: 0 done, 1 it did not work, 2 asked wrongly, 130 interrupted. */
public final class Main {
    private static final String[] BATCH = {"template", "batch"};

    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] args) {
        Site site = Site.here();
        int code = run(site, readable(args));
        site.out().flush();
        site.err().flush();
        System.exit(code);
    }

    /** Runs one command; failures are told on standard error. Gives the exit code. */
    static int run(Site site, String... args) {
        try {
            // Reading the commands' annotations takes longer than an answer of a small model takes to begin.
            if (RunCommand.isPlain(args)) return RunCommand.plain(site, args).call();
            if (args.length == 1 && args[0].equals("list")) return new ListCommand(site).call();
            if (args.length == 1 && args[0].equals("ps")) return new PsCommand(site).call();
            if (Arrays.equals(args, BATCH)) return TemplateCommand.batch(site);
            String[] words = regular(args);
            return CommandTree.of(site, words).execute(words);
        } catch (Failure e) {
            return site.tell(e);
        }
    }

    /**
     * Words as picocli reads them: {@code help run} is {@code run --help}, and an option whose value may be left out
     * would else take the next word for its value.
     */
    private static String[] regular(String[] args) {
        List<String> words = new ArrayList<>(List.of(args));
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            words.removeFirst();
            words.add("--help");
        }
        boolean run = !words.isEmpty() && words.getFirst().equals("run");
        if (run) words.replaceAll(word -> word.equals("--think") ? "--think=true" : word);
        return words.toArray(String[]::new);
    }

    /**
     * In a locale without UTF-8 the JVM cannot read arguments beyond ASCII; Linux hands them out once more as bytes.
     */
    private static String[] readable(String[] args) {
        if (Arrays.stream(args).noneMatch(arg -> arg.indexOf('\uFFFD') >= 0)) return args;
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
            String[] all = new String(line, StandardCharsets.UTF_8).split("\0", -1);
            int end = all.length - 1;
            return end < args.length ? args : Arrays.copyOfRange(all, end - args.length, end);
        } catch (IOException e) {
            return args;
        }
    }
}
