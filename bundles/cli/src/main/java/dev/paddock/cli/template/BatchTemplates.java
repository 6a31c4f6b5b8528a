package dev.paddock.cli.template;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Renders templates that come on standard input. */
@Command(
        name = "batch",
        description = "Render templates: a JSON object a line on standard input, one on standard output for each.",
        footer = {
            "",
            "In:  {\"kind\":\"jinja\"|\"go\",\"template\":TEXT,\"context\":{...},",
            "      \"now\":\"2026-01-15T14:05:09\",\"lenient\":true|false}",
            "Out: {\"text\":TEXT} or {\"error\":{\"kind\":\"raise\"|\"runtime\"|\"syntax\"|\"input\",",
            "      \"message\":TEXT}}"
        })
final class BatchTemplates implements Callable<Integer> {
    private final Site site;

    BatchTemplates(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        try {
            new Batch(site.in(), site.out()).run();
        } catch (IOException e) {
            throw new Failure("standard input cannot be read: " + e.getMessage());
        }
        return 0;
    }
}
