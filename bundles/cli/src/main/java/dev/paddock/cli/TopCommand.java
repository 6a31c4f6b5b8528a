package dev.paddock.cli;

import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.run.Interrupt;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ActivityView;
import dev.paddock.cli.text.Screen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the server is doing, over and over. */
@Command(
        name = "top",
        description = "Show what the server is doing: answers, queue, models, tokens a second. Until Ctrl-C on a"
                + " terminal; once where the output is none.")
final class TopCommand implements Callable<Integer> {
    private static final String ACTIVITY = "/api/activity";
    private static final int NOT_FOUND = 404;
    private static final int MILLIS = 10_000;
    /** The other screen, without the cursor; and back. */
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";

    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    /** To the first cell; what is drawn there wipes the rest of each line, and of the screen behind it. */
    private static final String HOME = "\u001b[H";

    private static final String WIPE_LINE = "\u001b[K\n";
    private static final String WIPE_REST = "\u001b[J";

    private final Site site;
    private Boolean tells;

    @Option(names = "--once", description = "Show it once, on a terminal too.")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "How often, 1 to 60; default: 1.")
    private int interval = 1;

    @Option(names = "--json", description = "Once, as one JSON object: activity and models.")
    private boolean json;

    TopCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (interval < 1 || interval > 60) {
            throw new Failure(Failure.USAGE, "--interval is " + interval + "; it must be from 1 to 60 seconds");
        }
        if (json) site.json(asked());
        else if (once || !site.terminal().out()) site.out().print(view(asked(), Integer.MAX_VALUE));
        else live();
        return 0;
    }

    /** Activity and models; without the activity of a server that does not tell it. */
    private Map<String, Object> asked() {
        Api api = site.ownersApi();
        Map<String, Object> told = new LinkedHashMap<>();
        if (tells(api)) told.put("activity", api.get(ACTIVITY));
        told.put("models", api.get("/api/ps").get("models"));
        return told;
    }

    /** Asked once: a server does not learn it while it is watched. */
    private boolean tells(Api api) {
        if (tells == null) tells = api.status(HttpRequest.of("GET", ACTIVITY, MILLIS)) != NOT_FOUND;
        return tells;
    }

    private static String view(Map<String, Object> told, int columns) {
        return String.join("\n", ActivityView.lines(told, columns, Instant.now())) + "\n";
    }

    private void live() {
        var left = new CountDownLatch(1);
        try (var _ = new Interrupt(left::countDown)) {
            Screen screen = Screen.here();
            Map<String, Object> first = asked();
            site.out().print(ENTER);
            draw(first, screen);
            while (!left.await(interval, TimeUnit.SECONDS)) draw(asked(), Screen.here());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            site.out().print(LEAVE);
            site.out().flush();
        }
    }

    private void draw(Map<String, Object> told, Screen screen) {
        StringBuilder drawn = new StringBuilder(HOME);
        ActivityView.lines(told, screen.columns(), Instant.now()).stream()
                .limit(screen.rows() - 1L)
                .forEach(line -> drawn.append(line).append(WIPE_LINE));
        site.out().print(drawn.append(WIPE_REST));
        site.out().flush();
    }
}
