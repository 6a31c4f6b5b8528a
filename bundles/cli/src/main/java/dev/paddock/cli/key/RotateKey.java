package dev.paddock.cli.key;

import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a key another secret. */
@Command(name = "rotate", description = "Give a key another secret, shown once; the old one is refused from now on.")
final class RotateKey implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME", description = "Its name or id.")
    private String key;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    RotateKey(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = new KeyServer(site).ask(api -> api.call("POST", KeyServer.path(key) + "/rotate", Map.of()));
        CreateKey.tell(site, answer, json);
        return 0;
    }
}
