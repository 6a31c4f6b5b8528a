package dev.paddock.cli.bench;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Figures;
import dev.paddock.gguf.random.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model of random weights in a real shape. */
@Command(
        name = "make",
        description = "Write a model of random weights in a real shape: its speed is real, its answers are noise.",
        footer = {
            "",
            "Quantizations other than q4_0, q8_0 and f16 are done by llama.cpp, which lies",
            "ready once a server has loaded any model; they need room for the f16 file",
            "meanwhile.",
            "Example: paddock bench make --size 1b --quant q4_k_m 1b.gguf"
        })
final class BenchMake implements Callable<Integer> {
    private static final Set<String> OWN = Set.of("q4_0", "q8_0", "f16");
    private static final String PLAIN = "f16";

    private final Site site;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to write, such as 1b.gguf.")
    private Path file;

    @Option(
            names = "--size",
            paramLabel = "0.1b|1b|8b|1b-128k",
            defaultValue = "1b",
            description = "Its shape; default 1b. 1b-128k has a vocabulary of 128,256 tokens, 1b one of 32,000.")
    private String size;

    @Option(
            names = "--quant",
            paramLabel = "TYPE",
            defaultValue = "q4_0",
            description = "How weights are packed: q4_0 (default), q8_0, f16, or one of llama.cpp's such as q4_k_m.")
    private String quant;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same number gives the same file; default 1.")
    private long seed;

    @Option(names = "--force", description = "Replace the file when it is there.")
    private boolean force;

    BenchMake(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath();
        String type = quant.toLowerCase(Locale.ROOT);
        boolean own = OWN.contains(type);
        long bytes = bytes(own ? type : PLAIN);
        check(target, own ? bytes : 2 * bytes);
        Session.during(site, (cancellation, progress) -> {
            if (own) write(target, type, cancellation, progress);
            else quantize(target, type, cancellation, progress);
            return null;
        });
        tell(target);
        return 0;
    }

    private long bytes(String type) {
        try {
            return RandomModel.bytes(size, type);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.USAGE, e.getMessage());
        }
    }

    private void check(Path target, long bytes) {
        if (Files.exists(target) && !force) throw new Failure(target + " is there already; --force replaces it");
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new Failure(directory + " is no directory; make it first");
        }
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < bytes) {
                throw new Failure(
                        directory + " has room for " + Figures.bytes(free) + ", this needs " + Figures.bytes(bytes));
            }
        } catch (IOException e) {
            throw new Failure(directory + " cannot be looked at: " + e.getMessage());
        }
    }

    /** A file of its own first, so that what was there stays until the new one is whole. */
    private void write(Path target, String type, Cancellation cancellation, Consumer<String> progress) {
        Path part = part(target, ".part");
        Thread writer = Thread.currentThread();
        try (var _ = cancellation.during(writer::interrupt)) {
            progress.accept("writing " + target);
            RandomModel.write(size, type, seed, part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            cancellation.check();
            throw new Failure(target + " cannot be written: " + e.getMessage());
        } finally {
            delete(part);
        }
    }

    private void quantize(Path target, String type, Cancellation cancellation, Consumer<String> progress) {
        EngineFiles files = EngineFiles.find(site)
                .orElseThrow(() ->
                        new Failure("llama.cpp, which quantizes to " + type + ", is not unpacked yet in " + site.home()
                                + " nor beside the program; let a server load a model once: paddock run starter Hi"));
        Path plain = part(target, ".f16.part");
        Path part = part(target, ".part");
        try {
            write(plain, PLAIN, cancellation, progress);
            progress.accept("quantizing to " + type);
            List<String> options = List.of("--in", plain.toString(), "--out", part.toString(), "--type", type);
            if (Json.number(Child.run(files.command("quantize", options), cancellation), "bytes") == 0) {
                throw new Failure("the runner wrote nothing; are command and server of the same version?");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(target + " cannot be written: " + e.getMessage());
        } finally {
            delete(plain);
            delete(part);
        }
    }

    private static Path part(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    private static void delete(Path file) {
        Thread.interrupted(); // else a file that was given up could not be removed
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be removed: " + e.getMessage());
        }
    }

    private void tell(Path target) {
        String name = target.getFileName().toString().replaceFirst("\\.gguf$", "");
        long bytes;
        try {
            bytes = Files.size(target);
        } catch (IOException e) {
            throw new Failure(target + " is gone: " + e.getMessage());
        }
        site.out().printf("%s: %s%n", target, Figures.bytes(bytes));
        site.out().printf("To measure it:%n");
        site.out().printf("  echo 'FROM %s' > Modelfile%n", target);
        site.out().printf("  paddock create %s%n", name);
        site.out().printf("  paddock bench model %s%n", name);
    }
}
