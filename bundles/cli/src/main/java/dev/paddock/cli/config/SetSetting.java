package dev.paddock.cli.config;

import dev.paddock.cli.server.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a setting. */
@Command(
        name = "set",
        description =
                "Change a setting: now where it can, and for all starts to come. What cannot be is refused with the"
                        + " reason. Running answers go on.")
final class SetSetting implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "SETTING", description = "Which.")
    private String name;

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value; of a list its elements with commas.")
    private String value;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    SetSetting(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var settings = new ServerSettings(site);
        ServerSettings.tell(site, json, settings.set(settings.find(name), value));
        return 0;
    }
}
