package dev.paddock.cli;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.run.AnswerPrinter;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ModelCard;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is known of a model. */
@Command(name = "show", description = "Show what is known of a model, or one part of it.")
final class ShowCommand implements Callable<Integer> {
    private final Site site;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model;

    @Mixin
    private Part part = new Part();

    @Option(
            names = {"-v", "--verbose"},
            description = "Metadata and tensors too.")
    private boolean verbose;

    @Option(names = "--json", description = "As the server says it: all of it, or the part.")
    private boolean json;

    /** At most one of them. */
    private static final class Part {
        @Option(names = "--license", description = "The licence.")
        private boolean license;

        @Option(names = "--modelfile", description = "The Modelfile.")
        private boolean modelfile;

        @Option(names = "--parameters", description = "The parameters.")
        private boolean parameters;

        @Option(names = "--system", description = "The system message.")
        private boolean system;

        @Option(names = "--template", description = "The template.")
        private boolean template;

        /** The name of the part in the answer; empty = all. */
        String name() {
            Map<String, Boolean> wanted = new TreeMap<>(Map.of(
                    "license",
                    license,
                    "modelfile",
                    modelfile,
                    "parameters",
                    parameters,
                    "system",
                    system,
                    "template",
                    template));
            wanted.values().removeIf(one -> !one);
            if (wanted.size() > 1) {
                throw new Failure(
                        Failure.USAGE,
                        "only one of '--license', '--modelfile', '--parameters', '--system', or '--template' can be"
                                + " specified");
            }
            return String.join("", wanted.keySet());
        }
    }

    ShowCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        String name = part.name();
        Map<String, Object> shown = site.api().call("POST", "/api/show", Map.of("model", model, "verbose", verbose));
        if (json) site.json(name.isEmpty() ? shown : Map.of(name, Json.text(shown, name)));
        else if (name.isEmpty()) site.out().print(new ModelCard(shown, verbose));
        else site.out().println(plain(Json.text(shown, name)));
        return 0;
    }

    /** Whoever made the model wrote it: files get it as it is, terminals without what steers them. */
    private String plain(String text) {
        return site.terminal().out() ? AnswerPrinter.harmless(text) : text;
    }
}
