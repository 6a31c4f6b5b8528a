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

    /** Our bundles in the distribution. */
    public static List<Path> bundles() throws IOException {
        return jars(install().resolve("bundles"));
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
