package dev.paddock.cli.backend;

import dev.paddock.cli.server.Site;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uninstalls a backend. */
@Command(name = "remove", description = "Uninstall a backend; models that compute on it move away first.")
final class RemoveBackend implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME[@VERSION]", description = "Which; without a version all of its versions.")
    private String name;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    RemoveBackend(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        BackendName backend = BackendName.of(name);
        var answer = site.ownersApi().call("DELETE", backend.path(), Map.of());
        if (json) site.json(answer);
        else site.out().println(backend + " is removed");
        return 0;
    }
}
