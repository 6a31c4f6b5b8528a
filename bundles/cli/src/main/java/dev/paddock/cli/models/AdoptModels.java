package dev.paddock.cli.models;

import dev.paddock.cli.server.Site;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over models that are on this machine already. */
@Command(
        name = "adopt",
        description = "Take over a GGUF file, or all models of an Ollama store, where they are: no second copy.")
final class AdoptModels implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "PATH", description = "A GGUF file, or a models directory of Ollama.")
    private Path path;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The name of the model in a GGUF file; without it the file's name tells.")
    private String name;

    @Option(names = "--json", description = "The result as one JSON object.")
    private boolean json;

    AdoptModels(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("path", path.toAbsolutePath().normalize().toString());
        if (name != null) request.put("name", name);
        var last = Following.of(site, "interrupted; what was taken over stays, and the same command goes on")
                .toTheEnd(() -> site.ownersApi().stream("/api/models/adopt", request));
        if (json) {
            site.json(last);
            return 0;
        }
        List<?> names = last.get("models") instanceof List<?> list ? list : List.of();
        names.forEach(one -> site.out().println("took over '" + one + "'"));
        if (names.isEmpty()) site.say("there was nothing to take over that is not here");
        return 0;
    }
}
