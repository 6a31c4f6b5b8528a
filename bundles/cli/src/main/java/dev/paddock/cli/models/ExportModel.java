package dev.paddock.cli.models;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.run.Interrupt;
import dev.paddock.cli.server.Download;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ProgressBars;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs a model into a file. */
@Command(
        name = "export",
        description = "Pack a model into one file (tar, OCI image layout), for a machine without a network.")
final class ExportModel implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    private final Site site;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to be; - is standard output.")
    private String file;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    ExportModel(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (!file.equals(STANDARD_OUTPUT)) toFile(Path.of(file));
        else if (site.terminal().out())
            throw new Failure(Failure.USAGE, "an archive is nothing for a terminal; name a file");
        else fetch(site.out());
        return 0;
    }

    /** Under its name it is there whole or not at all. */
    private void toFile(Path target) {
        if (Files.isDirectory(target)) throw new Failure(target + " is a directory; name a file");
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                fetch(out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(target + " cannot be written: " + e.getMessage());
        } finally {
            discard(part);
        }
        if (json) site.json(Map.of("model", name, "file", target.toString()));
        else site.out().println("exported '" + name + "' to " + target);
    }

    private void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            site.say("Warning: " + part + " is left behind: " + e.getMessage());
        }
    }

    private void fetch(OutputStream out) {
        long size = size();
        String path = "/api/models/export?model=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        try (Download archive = site.ownersApi().download(path);
                var _ = new Interrupt(archive::close);
                ProgressBars bars = Following.of(site, "").bars()) {
            byte[] buffer = new byte[1 << 18];
            long done = 0;
            for (int count = archive.read(buffer); count >= 0; count = archive.read(buffer)) {
                out.write(buffer, 0, count);
                if (site.out().checkError()) throw new IOException("nobody takes standard output any more");
                done += count;
                bars.at("exporting " + name, Math.min(done, size - 1), size);
            }
            out.flush();
            bars.at("exporting " + name, size, size);
        } catch (IOException e) {
            throw new Failure("the archive cannot be written: " + e.getMessage());
        }
    }

    /** Bytes of the model, which are those of its archive but for a few; a guess when it is not listed. */
    private long size() {
        String tagged = name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
        return Json.maps(site.api().get("/api/tags"), "models").stream()
                .filter(model -> Json.text(model, "name").equalsIgnoreCase(tagged))
                .mapToLong(model -> Math.max(1, Json.number(model, "size")))
                .findFirst()
                .orElse(1);
    }
}
