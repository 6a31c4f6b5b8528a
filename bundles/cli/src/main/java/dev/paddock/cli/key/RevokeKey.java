package dev.paddock.cli.key;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a key. */
@Command(name = "revoke", description = "End a key. What runs with it goes on; nothing new begins.")
final class RevokeKey implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME", description = "Its name or id.")
    private String key;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    RevokeKey(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = new KeyServer(site).ask(api -> api.call("DELETE", KeyServer.path(key), Map.of()));
        site.out().println(json ? KeyServer.json(answer) : Json.text(answer, "name") + " is revoked");
        return 0;
    }
}
