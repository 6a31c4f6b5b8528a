package dev.paddock.cli.bench;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.run.Interrupt;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressLine;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What the commands that measure share: Ctrl-C, progress, and the way results are printed. */
final class Session {
    /** Something to be done that tells its steps and can be cancelled. */
    interface Work<T> {
        T with(Cancellation cancellation, Consumer<String> progress);
    }

    private Session() {}

    /** Does it; Ctrl-C ends it with {@link Failure#INTERRUPTED}. */
    static <T> T during(Site site, Work<T> work) {
        Cancellation cancellation = new Cancellation();
        try (var _ = new Interrupt(cancellation::cancel);
                var line = new ProgressLine(site.err(), site.terminal().err())) {
            return work.with(cancellation, line::step);
        }
    }

    /** Prints results; gives the exit code, which is an error when no request was answered. */
    static int print(Site site, Results results, boolean json) {
        if (json) site.out().println(new String(Json.bytes(results.json()), StandardCharsets.UTF_8));
        else site.out().print(results.table());
        site.out().flush();
        return results.any() ? 0 : Failure.ERROR;
    }
}
