package dev.paddock.cli.backend;

import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets the newest version be used again. */
@Command(name = "unpin", description = "Let the newest version of a backend be used again.")
final class UnpinBackend implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME", description = "Which.")
    private String name;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    UnpinBackend(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        BackendName backend = BackendName.of(name);
        var answer = site.ownersApi().call("DELETE", "/api/backends/" + backend.id() + "/pin", Map.of());
        if (json) site.json(answer);
        else site.out().println("of " + backend.id() + " the newest version is used");
        return 0;
    }
}
