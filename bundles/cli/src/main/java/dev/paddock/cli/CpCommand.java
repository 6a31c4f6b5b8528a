package dev.paddock.cli;

import dev.paddock.cli.server.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a model another name as well. */
@Command(name = "cp", description = "Give a model another name as well; its content is on disk once.")
final class CpCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The model.")
    private String source;

    @Parameters(
            index = "1",
            paramLabel = "DESTINATION",
            description = "The other name; a model that has it is replaced.")
    private String destination;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    CpCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("source", source);
        body.put("destination", destination);
        site.api().call("POST", "/api/copy", body);
        if (json) site.json(body);
        else site.out().println("copied '" + source + "' to '" + destination + "'");
        return 0;
    }
}
