package dev.paddock.cli;

import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks the server how it is. */
@Command(name = "health", description = "Say whether the server lives and is ready; exit code 0 when both, 1 when not.")
final class HealthCommand implements Callable<Integer> {
    private static final int MILLIS = 5_000;

    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    HealthCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (json) return asJson();
        boolean live = told("live ", "/livez");
        boolean ready = told("ready", "/readyz");
        return live && ready ? 0 : Failure.ERROR;
    }

    private int asJson() {
        Api.Probe live = site.api().probe("/livez", MILLIS);
        Api.Probe ready = site.api().probe("/readyz", MILLIS);
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("live", live.status() == 200);
        health.put("ready", ready.status() == 200);
        health.put("detail", ready.text());
        site.json(health);
        return live.status() == 200 && ready.status() == 200 ? 0 : Failure.ERROR;
    }

    private boolean told(String what, String path) {
        Api.Probe probe = site.api().probe(path, MILLIS);
        boolean fine = probe.status() == 200;
        String detail = fine ? "" : " (" + path + " says " + probe.status() + ")";
        site.out().println(what + ": " + (fine ? "yes" : "no") + detail);
        probe.text().lines().limit(40).forEach(line -> site.out().println("  " + line));
        return fine;
    }
}
