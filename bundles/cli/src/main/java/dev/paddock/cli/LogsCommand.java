package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.FileTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the server's log. */
@Command(
        name = "logs",
        description = "Print the end of the server's log, and with -f what comes. It is read from the home of a server"
                + " on this machine.")
final class LogsCommand implements Callable<Integer> {
    private static final int MOST_LINES = 100_000;

    private final Site site;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(names = "-n", paramLabel = "LINES", description = "So many lines, 0 to 100000; default: 100.")
    private int lines = 100;

    LogsCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (lines < 0 || lines > MOST_LINES) {
            throw new Failure(Failure.USAGE, "-n is " + lines + "; it must be from 0 to " + MOST_LINES);
        }
        Path log = site.home().resolve("logs").resolve("paddock.log");
        if (!Files.isReadable(log)) {
            throw new Failure("there is no log " + log
                    + "; PADDOCK_HOME says where the server's home is, and a log is where a server was started");
        }
        try {
            FileTail tail = new FileTail(log, site.out());
            tail.last(lines);
            if (follow) tail.follow();
            return 0;
        } catch (IOException e) {
            throw new Failure(log + " cannot be read: " + e.getMessage());
        }
    }
}
