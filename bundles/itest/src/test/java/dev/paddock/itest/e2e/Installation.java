package dev.paddock.itest.e2e;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Copies of the distribution whose folder of bundles a test may change. */
final class Installation {
    private Installation() {}

    /**
     * Copies it.
     *
     * @param without what stands in the names of the files that are left out
     */
    static Path copy(Path to, String... without) throws IOException {
        try (var files = Files.walk(Layout.install())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Stream.of(without).anyMatch(file.toString()::contains)) continue;
                Path copy = to.resolve(Layout.install().relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    /** Puts a jar into the folder that the running server watches; it is seen when it is whole. */
    static Path drop(Path jar, Path install) throws IOException {
        Path hidden = install.resolve("bundles/." + jar.getFileName());
        Files.copy(jar, hidden, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(
                hidden, install.resolve("bundles").resolve(jar.getFileName().toString()));
    }
}
