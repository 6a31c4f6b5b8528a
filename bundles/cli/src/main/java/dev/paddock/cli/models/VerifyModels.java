package dev.paddock.cli.models;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.StoreTables;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads what is on disk and compares it with its digests. */
@Command(
        name = "verify",
        description = "Read what was changed since it was last read and compare digests; exit code 1 when something is"
                + " damaged.")
final class VerifyModels implements Callable<Integer> {
    private final Site site;

    @Option(names = "--all", description = "Read everything.")
    private boolean all;

    @Option(names = "--json", description = "The result as one JSON object.")
    private boolean json;

    VerifyModels(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var verified = Following.inOneLine(site, "interrupted; what was read is remembered")
                .toTheEnd(() -> site.ownersApi().stream("/api/models/verify", Map.of("all", all)));
        if (json) site.json(verified);
        else site.out().print(StoreTables.verified(verified));
        return Json.maps(verified, "damage").isEmpty() ? 0 : Failure.ERROR;
    }
}
