package dev.paddock.cli.config;

import dev.paddock.cli.server.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a default back. */
@Command(name = "unset", description = "Bring the default of a setting back.")
final class UnsetSetting implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "SETTING", description = "Which.")
    private String name;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    UnsetSetting(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var settings = new ServerSettings(site);
        ServerSettings.tell(site, json, settings.unset(settings.find(name)));
        return 0;
    }
}
