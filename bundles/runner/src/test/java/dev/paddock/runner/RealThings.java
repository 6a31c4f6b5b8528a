package dev.paddock.runner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The native libraries and the model that tests with native code need, if they are there. */
public final class RealThings {
    /** Directory with the core libraries and the CPU variants. */
    public static final Path NATIVES =
            Path.of(System.getProperty("paddock.test.natives")).normalize();
    /** A small ChatML model. */
    public static final Path MODEL =
            Path.of(System.getProperty("paddock.test.model")).normalize();

    private RealThings() {}

    /** Whether such tests can run. */
    public static boolean there() {
        return Files.isDirectory(NATIVES) && Files.isRegularFile(MODEL);
    }

    /** Skips a test, visibly, where they are not. */
    public static void assumeThere() {
        assumeTrue(Files.isDirectory(NATIVES), "no native libraries in " + NATIVES + " (paddock.test.natives)");
        assumeTrue(Files.isRegularFile(MODEL), "no model at " + MODEL + " (paddock.test.model)");
    }

    /** File names of the CPU backend. */
    public static List<String> cpuVariants() throws IOException {
        try (Stream<Path> files = Files.list(NATIVES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("ggml-cpu"))
                    .sorted()
                    .toList();
        }
    }
}
