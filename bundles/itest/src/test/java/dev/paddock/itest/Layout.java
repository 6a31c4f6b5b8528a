package dev.paddock.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the build put things: the assembled distribution and the sources. */
public final class Layout {
    private Layout() {}

    /** The root of the source tree. */
    public static Path root() {
        return path("paddock.test.root", "../..");
    }

    /** The assembled distribution. */
    public static Path install() {
        return path("paddock.test.install", "../../distribution/target/paddock");
    }

    /** The bundle with the fake engine, which outranks the real one where it is installed. */
    public static Path testkit() {
        return Path.of(System.getProperty("paddock.test.testkit"));
    }

    /** Our bundles in the distribution. */
    public static List<Path> bundles() throws IOException {
        return jars(install().resolve("bundles"));
    }

    /** Our bundles that a user may add to it. */
    public static List<Path> plugins() throws IOException {
        return jars(install().resolve("plugins"));
    }

    /** The settings files in the distribution. */
    public static List<Path> configs() throws IOException {
        try (var files = Files.list(install().resolve("configs"))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    /** The jars in a directory. */
    public static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static Path path(String property, String absent) {
        return Path.of(System.getProperty(property, absent)).toAbsolutePath().normalize();
    }
}
