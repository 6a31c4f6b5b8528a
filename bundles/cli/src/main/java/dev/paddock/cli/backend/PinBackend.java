package dev.paddock.cli.backend;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps to one version of a backend. */
@Command(name = "pin", description = "Keep to one version of a backend, whatever else is installed.")
final class PinBackend implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME@VERSION", description = "Which.")
    private String name;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    PinBackend(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        BackendName backend = BackendName.of(name);
        if (backend.version().isEmpty()) {
            throw new Failure(
                    Failure.USAGE,
                    "say which version, as " + backend.id() + "@VERSION; paddock backend list shows them");
        }
        var answer = site.ownersApi()
                .call("PUT", "/api/backends/" + backend.id() + "/pin", Map.of("version", backend.version()));
        if (json) site.json(answer);
        else site.out().println(backend.id() + " stays at " + backend.version());
        return 0;
    }
}
