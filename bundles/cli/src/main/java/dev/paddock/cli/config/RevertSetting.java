package dev.paddock.cli.config;

import dev.paddock.cli.server.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes a change. */
@Command(name = "revert", description = "Undo a change: what was set before it is set again.")
final class RevertSetting implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "ID", description = "Which, as paddock config history names it.")
    private String id;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    RevertSetting(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        ServerSettings.tell(site, json, new ServerSettings(site).revert(id));
        return 0;
    }
}
