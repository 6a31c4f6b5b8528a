package dev.paddock.cli.key;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key and says it, once. */
@Command(name = "create", description = "Make a key. It is shown once, and kept as a hash only.")
final class CreateKey implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "NAME", description = "What it is called: whom or what it is for.")
    private String name;

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "SCOPE",
            description = "infer, models.read, models.write or admin; several by commas. Usually infer,models.read.")
    private List<String> scopes = List.of();

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "PATTERN",
            description = "Models it is for, like 'qwen*'; several by commas. Usually all.")
    private List<String> models = List.of();

    @Option(names = "--requests", paramLabel = "N", description = "Most requests a minute.")
    private Long requests;

    @Option(names = "--tokens", paramLabel = "N", description = "Most tokens a minute.")
    private Long tokens;

    @Option(names = "--parallel", paramLabel = "N", description = "Most requests at the same time.")
    private Long parallel;

    @Option(names = "--priority", paramLabel = "N", description = "-10 to 10; higher is served earlier.")
    private Long priority;

    @Option(names = "--weight", paramLabel = "W", description = "Share beside others; 2 gets twice as much as 1.")
    private Double weight;

    @Option(names = "--expires", paramLabel = "TIME", description = "How long it is good, like 30d or 12h.")
    private String expires;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    CreateKey(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var answer = new KeyServer(site).ask(api -> api.call("POST", KeyServer.PATH, order()));
        tell(site, answer, json);
        return 0;
    }

    private Map<String, Object> order() {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("name", name);
        if (!scopes.isEmpty()) order.put("scopes", scopes);
        if (!models.isEmpty()) order.put("models", models);
        put(order, "requests_per_minute", requests);
        put(order, "tokens_per_minute", tokens);
        put(order, "parallel", parallel);
        put(order, "priority", priority);
        put(order, "weight", weight);
        put(order, "expires", expires);
        return order;
    }

    private static void put(Map<String, Object> order, String field, Object value) {
        if (value != null) order.put(field, value);
    }

    /** The key alone on standard output, so that a script can take it. */
    static void tell(Site site, Map<String, Object> answer, boolean json) {
        if (json) site.out().println(KeyServer.json(answer));
        else {
            site.out().println(Json.text(answer, "key"));
            site.out().flush();
            site.say("This is the key " + Json.text(answer, "name") + "; keep it well, it is not shown again.");
        }
    }
}
