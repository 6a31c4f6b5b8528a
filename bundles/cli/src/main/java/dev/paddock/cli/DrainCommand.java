package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the server run dry, and open again. */
@Command(
        name = "drain",
        description = "Have the server take no new work while it ends what runs; it is not ready meanwhile.")
final class DrainCommand implements Callable<Integer> {
    private static final String PATH = "/api/drain";
    private static final long POLL_MS = 100;

    private final Site site;

    @Option(names = "--undo", description = "Have it take work again.")
    private boolean undo;

    @Option(names = "--wait", description = "Return when nothing runs any more; exit code 1 when that takes too long.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "The longest wait (default: ${DEFAULT-VALUE}).")
    private long timeout;

    DrainCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (undo && wait) throw new Failure(Failure.USAGE, "--undo waits for nothing: leave --wait out");
        long running = running(site.ownersApi().call("POST", PATH, Map.of("drain", !undo)));
        if (undo) {
            site.out().println("the server takes work again");
            return 0;
        }
        site.out().println("the server drains: no new work, " + requests(running));
        return wait ? await(running) : 0;
    }

    private int await(long running) {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        long left = running;
        while (left > 0) {
            if (System.nanoTime() > deadline) throw new Failure("after " + timeout + " s " + requests(left));
            pause();
            left = running(site.api().get(PATH));
        }
        site.out().println("nothing runs any more");
        return 0;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        }
    }

    private static long running(Map<String, Object> told) {
        return told.get("running") instanceof Number count ? count.longValue() : 0;
    }

    private static String requests(long count) {
        return count == 1 ? "1 request runs" : count + " requests run";
    }
}
