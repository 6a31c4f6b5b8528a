package dev.paddock.cli;

import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes models: first from memory, then from disk. */
@Command(name = "rm", description = "Remove models from disk.")
final class RmCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Models to remove.")
    private List<String> models;

    @Option(names = "--verbose", description = "Say how much that freed, as on a terminal.")
    private boolean verbose;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    RmCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Api api = site.api();
        List<Map<String, Object>> removed = new ArrayList<>();
        for (String model : models) {
            unload(api, model);
            String freed = api.header("DELETE", "/api/delete", Map.of("model", model), "X-Paddock-Freed-Bytes");
            if (json) removed.add(Map.of("model", model, "freed_bytes", bytes(freed)));
            else site.out().println("deleted '" + model + "'");
            site.out().flush();
            if (verbose || site.terminal().err()) tell(freed);
        }
        if (json) site.json(Map.of("models", removed));
        return 0;
    }

    /** -1 when the server does not say it. */
    private static long bytes(String freed) {
        return freed.matches("[0-9]{1,18}") ? Long.parseLong(freed) : -1;
    }

    private void tell(String freed) {
        long bytes = bytes(freed);
        if (bytes < 0) return;
        site.say(
                bytes == 0 ? "(other models use all of it: nothing is freed)" : "(" + Figures.bytes(bytes) + " freed)");
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
