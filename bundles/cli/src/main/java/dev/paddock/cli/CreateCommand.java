package dev.paddock.cli;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.modelfile.Creation;
import dev.paddock.cli.modelfile.Modelfile;
import dev.paddock.cli.modelfile.Upload;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Lines;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressLine;
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

    CreateCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Modelfile modelfile = Modelfile.parse(read());
        Api api = site.api();
        try (ProgressLine progress =
                new ProgressLine(site.err(), site.terminal().err())) {
            progress.step("gathering model components");
            Upload upload = new Upload(api, progress::at);
            Path directory = file.toAbsolutePath().getParent();
            Creation creation =
                    new Creation(modelfile, directory, upload::send, warning -> site.say("Warning: " + warning));
            Map<String, Object> request = creation.request(model);
            if (quantize != null) request.put("quantize", quantize);
            if (draftQuantize != null) request.put("draft_quantize", draftQuantize);
            if (requantize) request.put("requantize", true);
            follow(api, request, progress);
        }
        return 0;
    }

    private static void follow(Api api, Map<String, Object> request, ProgressLine progress) {
        String status = "";
        try (Lines lines = api.stream("/api/create", request)) {
            for (Map<String, Object> line = lines.next(); line != null; line = lines.next()) {
                status = Json.text(line, "status");
                long total = Json.number(line, "total");
                if (total > 0) progress.at(status, Json.number(line, "completed"), total);
                else progress.step(status);
            }
        }
        if (!status.equals("success")) throw new Failure("the server stopped at \"" + status + "\" without success");
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
