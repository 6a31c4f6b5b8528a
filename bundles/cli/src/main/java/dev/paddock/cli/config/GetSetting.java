package dev.paddock.cli.config;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a value, and what is known of it where a person reads. */
@Command(name = "get", description = "Print the value of a setting; on a terminal also what it does.")
final class GetSetting implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "SETTING", description = "Which.")
    private String name;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say what it does, as on a terminal.")
    private boolean verbose;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    GetSetting(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> setting = new ServerSettings(site).find(name);
        if (json) site.json(setting);
        else site.out().println(ServerSettings.shown(setting.get("value")));
        if (!json && (verbose || site.terminal().out())) explain(setting);
        return 0;
    }

    private void explain(Map<String, Object> setting) {
        site.out().println("  " + ServerSettings.name(setting) + ": " + Json.text(setting, "description"));
        site.out()
                .println("  from " + Json.text(setting, "source") + "; default "
                        + ServerSettings.shown(setting.get("default")));
        if (setting.containsKey("pending")) {
            site.out().println("  from the next start: " + ServerSettings.shown(setting.get("pending")));
        }
    }
}
