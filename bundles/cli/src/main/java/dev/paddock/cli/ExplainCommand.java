package dev.paddock.cli;

import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Reasons;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the server decided and why. */
@Command(name = "explain", description = "Show what the server decided and why: of late, of a request, of a model.")
final class ExplainCommand implements Callable<Integer> {
    private static final String ROOT = "/api/explain";
    /** As the server makes them. */
    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{8}-\\d+");

    private final Site site;

    @Parameters(
            arity = "0..1",
            paramLabel = "REQUEST|MODEL",
            description = "What an answer's X-Request-Id says, or a model. Without: the latest decisions.")
    private String about = "";

    @Option(names = "--json", description = "As the server says it.")
    private boolean json;

    ExplainCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> answer = site.api().get(path());
        if (json) site.json(answer);
        else Reasons.lines(answer, about.isEmpty()).forEach(site.out()::println);
        return 0;
    }

    private String path() {
        if (about.isBlank()) return ROOT;
        if (REQUEST.matcher(about).matches()) return ROOT + "/" + about;
        String name = URLEncoder.encode(about, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return ROOT + "/model/" + name;
    }
}
