package dev.paddock.cli.backend;

import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a backend's bundle to the server. */
@Command(name = "install", description = "Install a backend from its bundle file, while the server runs.")
final class InstallBackend implements Callable<Integer> {
    private static final long MAX_BYTES = 1L << 30;

    private final Site site;

    @Parameters(paramLabel = "FILE", description = "The bundle, such as dev.paddock.backend-cuda.jar.")
    private Path file;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    InstallBackend(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        // Silence has no bound: the server answers when it has probed the backend, which may take a minute.
        var answer =
                site.ownersApi().whole(new HttpRequest("POST", "/api/backends", "application/java-archive", body(), 0));
        if (json) site.json(answer);
        String name = Json.text(answer, "id") + " " + Json.text(answer, "version");
        var refusal = Json.map(answer, "refusal");
        if (!refusal.isEmpty()) {
            throw new Failure(name + " is installed, but cannot be used: " + Json.text(refusal, "detail") + "; "
                    + Json.text(refusal, "remedy"));
        }
        if (!json) site.out().println(name + " is installed");
        return 0;
    }

    private HttpRequest.Body body() {
        long length;
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
        if (!Files.isRegularFile(file)) throw new Failure(file + " is no file");
        if (length > MAX_BYTES)
            throw new Failure(file + " has " + length + " bytes; a backend has at most " + MAX_BYTES);
        return new HttpRequest.Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                Files.copy(file, out);
            }
        };
    }
}
