package dev.paddock.cli;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ModelTables;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the models that are there. */
@Command(name = "list", aliases = "ls", description = "List the models that are there.")
final class ListCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "Only models whose name begins so.")
    private String prefix = "";

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ListCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var tags = site.api().get("/api/tags");
        if (json) {
            site.json(ModelTables.only(tags, prefix));
            return 0;
        }
        site.out().print(ModelTables.stored(tags, prefix, Instant.now()));
        ModelTables.damaged(tags, prefix).forEach(site.out()::println);
        return 0;
    }
}
