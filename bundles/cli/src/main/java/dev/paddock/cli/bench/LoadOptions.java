package dev.paddock.cli.bench;

import dev.paddock.cli.server.Failure;
import java.util.List;
import picocli.CommandLine.Option;

/** What both ways to measure can be told. */
final class LoadOptions {
    private static final int MOST_LEVELS = 16;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "About so many tokens in a prompt; default ${DEFAULT-VALUE}.")
    private int promptTokens;

    @Option(
            names = "--predict",
            paramLabel = "N",
            defaultValue = "128",
            description = "At most so many tokens in an answer; default ${DEFAULT-VALUE}.")
    private int predict;

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,8,16",
            description = "Clients at once; default ${DEFAULT-VALUE}.")
    private List<Integer> clients;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Turns for each number of clients; default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--api",
            paramLabel = "chat|completions",
            defaultValue = "chat",
            description = "Which of the two routes to ask; default ${DEFAULT-VALUE}.")
    private OpenAi.Way way;

    @Option(
            names = "--ignore-eos",
            description = "Ask for the whole length though the model would end; not every server knows it.")
    private boolean ignoreEnd;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give a request up when nothing came for so long; default ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    /** @throws Failure naming the first that is out of its range */
    void check() {
        range("--prompt-tokens", promptTokens, 1, 1_000_000);
        range("--predict", predict, 2, 100_000);
        range("--runs", runs, 1, 100);
        range("--timeout", timeout, 1, 86_400);
        range("numbers of --clients", clients.size(), 1, MOST_LEVELS);
        for (int one : clients) range("--clients", one, 1, 512);
    }

    private static void range(String name, int value, int least, int most) {
        if (value >= least && value <= most) return;
        throw new Failure(Failure.USAGE, name + " must be from " + least + " to " + most + ", not " + value);
    }

    int promptTokens() {
        return promptTokens;
    }

    int predict() {
        return predict;
    }

    List<Integer> clients() {
        return clients;
    }

    int runs() {
        return runs;
    }

    OpenAi.Way way() {
        return way;
    }

    boolean ignoreEnd() {
        return ignoreEnd;
    }

    /** Most milliseconds of silence. */
    int silence() {
        return timeout * 1000;
    }

    boolean json() {
        return json;
    }
}
