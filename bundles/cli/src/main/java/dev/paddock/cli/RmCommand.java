package dev.paddock.cli;

import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.Site;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes models: first from memory, then from disk. */
@Command(name = "rm", description = "Remove models from disk.")
final class RmCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Models to remove.")
    private List<String> models;

    RmCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Api api = site.api();
        for (String model : models) {
            unload(api, model);
            api.call("DELETE", "/api/delete", Map.of("model", model));
            site.out().println("deleted '" + model + "'");
            site.out().flush();
        }
        return 0;
    }

    private void unload(Api api, String model) {
        try {
            api.call("POST", "/api/generate", Map.of("model", model, "keep_alive", 0));
        } catch (Refused e) {
            // An unknown model is told by the removal itself.
            if (e.status() != 404) site.say("Warning: unable to stop model '" + model + "': " + e.getMessage());
        }
    }
}
