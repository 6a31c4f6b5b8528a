package dev.paddock.cli.config;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists changes. */
@Command(name = "history", description = "List what was changed, when and by whom, the latest first.")
final class SettingsHistory implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Site site;

    @Option(names = "-n", paramLabel = "COUNT", description = "So many at most; default: 20.")
    private int most = 20;

    @Option(names = "--json", description = "All of them as one JSON object.")
    private boolean json;

    SettingsHistory(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> history = new ServerSettings(site).history();
        if (json) {
            site.json(history);
            return 0;
        }
        var table = new Table("ID", "WHEN", "BY", "SETTING", "BEFORE", "AFTER");
        Json.maps(history, "changes").stream()
                .limit(Math.max(0, most))
                .forEach(change -> table.row(
                        Json.text(change, "id"),
                        time(Json.text(change, "at")),
                        Json.text(change, "by"),
                        ServerSettings.name(change),
                        value(change, "before"),
                        value(change, "after")));
        site.out().print(table);
        return 0;
    }

    private static String time(String at) {
        try {
            return TIME.format(Instant.parse(at).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    private static String value(Map<String, Object> change, String which) {
        if (Boolean.TRUE.equals(change.get("secret"))) return "(secret)";
        return change.get(which) == null ? "(default)" : ServerSettings.shown(change.get(which));
    }
}
