package dev.paddock.cli.bench;

import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The directory in which a server on this machine has put its runner and llama.cpp's libraries, beside the program or in
 * the home. It is made when a model is first loaded.
 */
record EngineFiles(Path directory) {
    private static final String JAR = "runner.jar";
    private static final String MAIN = "dev.paddock.runner.Main";
    private static final String CPU_VARIANTS = "*ggml-cpu*";
    private static final String GPU_BACKENDS = "*ggml-{cuda,vulkan,metal,hip}*";

    /** Those that were used last; empty when there are none. */
    static Optional<EngineFiles> find(Site site) {
        return find(site, files -> true);
    }

    /** Those for the CPU alone that were used last; empty when there are none. */
    static Optional<EngineFiles> onCpu(Site site) {
        return find(site, files -> !files.hasGpu());
    }

    private static Optional<EngineFiles> find(Site site, Predicate<EngineFiles> wanted) {
        List<Path> found = new ArrayList<>();
        site.install().ifPresent(install -> found.addAll(in(install.resolve("cache"))));
        found.addAll(in(site.home()));
        return found.stream()
                .map(EngineFiles::new)
                .filter(wanted)
                .max(Comparator.comparing(files -> used(files.directory())));
    }

    private static List<Path> in(Path cache) {
        return listing(cache.resolve("engine"), "*").stream()
                .filter(directory -> Files.isRegularFile(directory.resolve(JAR)))
                .toList();
    }

    private static FileTime used(Path directory) {
        try {
            return Files.getLastModifiedTime(directory);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // a server removes what is old
        }
    }

    private static List<Path> listing(Path directory, String pattern) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) return found;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Whether they can compute by something else than the CPU. */
    boolean hasGpu() {
        return !listing(directory, GPU_BACKENDS).isEmpty();
    }

    /** Names of the CPU backend's files, of which the runner takes the best. */
    List<String> cpuVariants() {
        return listing(directory, CPU_VARIANTS).stream()
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    /** The command line of a runner, with the options that a server gives its own. */
    List<String> command(String verb, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                directory.resolve(JAR).toString(),
                MAIN,
                verb,
                "--libs",
                directory.toString()));
        command.addAll(options);
        return command;
    }
}
