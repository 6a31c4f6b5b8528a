package dev.paddock.cli.config;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists settings with values and origins. */
@Command(name = "list", aliases = "ls", description = "List the settings, their values and where those are from.")
final class ListSettings implements Callable<Integer> {
    private static final int LONGEST = 48;

    private final Site site;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only settings in whose names that is.")
    private String part = "";

    @Option(names = "--changed", description = "Only those that are not as they came.")
    private boolean changed;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ListSettings(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> wanted =
                new ServerSettings(site).all().stream().filter(this::isWanted).toList();
        if (json) {
            site.json(Map.of("settings", wanted));
            return 0;
        }
        var table = new Table("SETTING", "VALUE", "FROM");
        for (Map<String, Object> setting : wanted) {
            String pending = setting.containsKey("pending")
                    ? " (next start: " + shortened(ServerSettings.shown(setting.get("pending"))) + ")"
                    : "";
            table.row(
                    ServerSettings.name(setting),
                    shortened(ServerSettings.shown(setting.get("value"))) + pending,
                    ServerSettings.origin(setting));
        }
        site.out().print(table);
        return 0;
    }

    private boolean isWanted(Map<String, Object> setting) {
        boolean named = ServerSettings.name(setting).contains(part.toLowerCase(Locale.ROOT));
        boolean touched = !Json.text(setting, "source").equals("default") || setting.containsKey("pending");
        return named && (touched || !changed);
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 3) + "...";
    }
}
