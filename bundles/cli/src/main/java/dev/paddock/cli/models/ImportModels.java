package dev.paddock.cli.models;

import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressBars;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Unpacks models from a file. */
@Command(name = "import", description = "Install the models in a file that export wrote; every digest is checked.")
final class ImportModels implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--as", paramLabel = "NAME", description = "Another name, for a file with one model.")
    private String as;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ImportModels(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) throw new Failure(file + " is no file");
        String path = "/api/models/import" + (as == null ? "" : "?as=" + URLEncoder.encode(as, StandardCharsets.UTF_8));
        Map<String, Object> last;
        Following following = Following.of(site, "interrupted; nothing was installed");
        try (ProgressBars bars = following.bars()) {
            var request = new HttpRequest("POST", path, "application/x-tar", body(bars), 0);
            last = following.toTheEnd(() -> site.ownersApi().stream(request), bars);
        }
        List<?> names = last.get("models") instanceof List<?> list ? list : List.of();
        if (json) site.json(last);
        else names.forEach(name -> site.out().println("imported '" + name + "'"));
        return 0;
    }

    private HttpRequest.Body body(ProgressBars bars) {
        long length;
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
        return new HttpRequest.Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                byte[] buffer = new byte[1 << 18];
                long done = 0;
                try (InputStream in = Files.newInputStream(file)) {
                    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                        out.write(buffer, 0, count);
                        done += count;
                        bars.at("sending " + file.getFileName(), done, length);
                    }
                }
            }
        };
    }
}
