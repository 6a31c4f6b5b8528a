package dev.paddock.cli.models;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.run.Interrupt;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Lines;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressBars;
import java.util.Map;
import java.util.function.Supplier;

/** Follows a task of the server to its end, step by step on standard error. Ctrl-C hangs up, which stops most tasks. */
public final class Following {
    private static final String SUCCESS = "success";

    private final Site site;
    private final String whenInterrupted;
    private final boolean one;

    private Following(Site site, String whenInterrupted, boolean one) {
        this.site = site;
        this.whenInterrupted = whenInterrupted;
        this.one = one;
    }

    /** @param whenInterrupted what is said after Ctrl-C, for example how to go on; may be empty */
    public static Following of(Site site, String whenInterrupted) {
        return new Following(site, whenInterrupted, false);
    }

    /** The same for a task of very many steps: each takes the line of the one before. */
    static Following inOneLine(Site site, String whenInterrupted) {
        return new Following(site, whenInterrupted, true);
    }

    /** What is shown while it goes on. */
    public ProgressBars bars() {
        return new ProgressBars(site.err(), site.terminal().err(), one);
    }

    /** {@link #toTheEnd(Supplier, ProgressBars)} with bars of its own. */
    public Map<String, Object> toTheEnd(Supplier<Lines> task) {
        try (ProgressBars bars = bars()) {
            return toTheEnd(task, bars);
        }
    }

    /**
     * Asks for a task and shows its steps.
     *
     * @return the last object, whose status is {@code success}
     * @throws Failure when the task fails, ends without success or is interrupted
     */
    public Map<String, Object> toTheEnd(Supplier<Lines> task, ProgressBars bars) {
        try (Lines lines = task.get();
                var _ = new Interrupt(lines::close)) {
            String status = "";
            for (var line = lines.next(); line != null; line = lines.next()) {
                status = Json.text(line, "status");
                bars.event(line);
                if (status.equals(SUCCESS)) return line;
            }
            throw new Failure("the server stopped at \"" + status + "\" without success");
        } catch (Failure e) {
            bars.close();
            if (e.exitCode() == Failure.INTERRUPTED && !whenInterrupted.isEmpty()) site.say(whenInterrupted);
            throw e;
        }
    }
}
