package dev.paddock.cli.key;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.KeyTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the keys, not their secrets. */
@Command(name = "list", description = "List the keys: what each is for, its limits, and when it was last used.")
final class ListKeys implements Callable<Integer> {
    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ListKeys(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = new KeyServer(site).ask(api -> api.get(KeyServer.PATH));
        if (json) site.out().println(KeyServer.json(answer));
        else site.out().print(KeyTables.all(answer));
        return 0;
    }
}
