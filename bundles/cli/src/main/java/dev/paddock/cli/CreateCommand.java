package dev.paddock.cli;

import dev.paddock.cli.modelfile.Creation;
import dev.paddock.cli.modelfile.Modelfile;
import dev.paddock.cli.modelfile.Upload;
import dev.paddock.cli.models.Following;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressBars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model of a Modelfile: reads it here, sends the files it names, and asks the server for the rest. */
@Command(name = "create", description = "Make a model of a Modelfile.")
final class CreateCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 16 << 20;

    private final Site site;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The name of the model to be.")
    private String model;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Modelfile; by default the file Modelfile here.")
    private Path file = Path.of("Modelfile");

    @Option(
            names = {"-q", "--quantize"},
            paramLabel = "TYPE",
            description = "Quantize to this type, such as q4_K_M.")
    private String quantize;

    @Option(names = "--draft-quantize", paramLabel = "TYPE", description = "Quantize the draft model to this type.")
    private String draftQuantize;

    @Option(names = "--requantize", description = "Quantize weights that are quantized already as well, at a loss.")
    private boolean requantize;

    @Option(names = "--json", description = "As one JSON object, at the end.")
    private boolean json;

    CreateCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Modelfile modelfile = Modelfile.parse(read());
        Api api = site.api();
        Following following = Following.of(site, "interrupted; nothing was made");
        try (ProgressBars progress = following.bars()) {
            progress.step("gathering model components");
            Upload upload = new Upload(api, progress::at);
            Path directory = file.toAbsolutePath().getParent();
            Creation creation =
                    new Creation(modelfile, directory, upload::send, warning -> site.say("Warning: " + warning));
            Map<String, Object> request = creation.request(model);
            if (quantize != null) request.put("quantize", quantize);
            if (draftQuantize != null) request.put("draft_quantize", draftQuantize);
            if (requantize) request.put("requantize", true);
            following.toTheEnd(() -> api.stream("/api/create", request), progress);
        }
        if (json) site.json(Map.of("status", "success", "model", model));
        return 0;
    }

    private byte[] read() {
        if (!Files.isRegularFile(file)) {
            throw new Failure("specified Modelfile wasn't found: " + file.toAbsolutePath());
        }
        try {
            if (Files.size(file) > MAX_BYTES) throw new Failure(file + " is larger than " + MAX_BYTES + " bytes");
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
    }
}
