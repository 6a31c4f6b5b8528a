package dev.paddock.cli;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ModelTables;
import dev.paddock.cli.text.Places;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the models that are in memory. */
@Command(name = "ps", description = "List the models that are in memory.")
final class PsCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "Only models whose name begins so.")
    private String prefix = "";

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    PsCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = site.api().get("/api/ps");
        if (json) {
            site.json(ModelTables.only(answer, prefix));
            return 0;
        }
        site.out().print(ModelTables.loaded(answer, prefix, Instant.now()));
        for (String line : Places.loaded(answer, prefix)) site.out().println(line);
        for (String line : Places.loading(answer, prefix)) site.out().println(line);
        for (String line : ModelTables.undrafted(answer, prefix)) site.out().println(line);
        for (String line : ModelTables.quarantined(answer, prefix, Instant.now()))
            site.out().println(line);
        return 0;
    }
}
