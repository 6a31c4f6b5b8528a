package dev.paddock.cli.models;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.StoreTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how the housekeeping of the last start went. */
@Command(
        name = "housekeeping",
        aliases = "health",
        description =
                "Say how the housekeeping since the server's start went, and what is damaged; exit code 1 when a step"
                        + " failed or something is damaged.")
final class HousekeepingSteps implements Callable<Integer> {
    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    HousekeepingSteps(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var told = site.api().get("/api/models/housekeeping");
        if (json) site.json(told);
        else site.out().print(StoreTables.housekeeping(told));
        boolean failed = Json.maps(told, "steps").stream()
                .anyMatch(step -> Json.text(step, "state").equals("failed"));
        return failed || !Json.maps(told, "damage").isEmpty() ? Failure.ERROR : 0;
    }
}
