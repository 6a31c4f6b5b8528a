package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir
    Path directory;

    @Test
    void onlyACacheThatHasSomethingInItTakesTheOldOnesPlace() throws IOException {
        Path jar = emptyJar();
        var cache =
                new AotCache(directory.resolve("server.aot"), Files.createFile(directory.resolve("options")), jar, "M");
        assertThat(cache.needsTraining()).isTrue();
        assertThat(cache.adopt()).isFalse();

        Files.createFile(cache.fresh());
        Files.createFile(directory.resolve("server.aot.new.config"));
        assertThat(cache.adopt()).as("a JVM that crashed leaves an empty file").isFalse();
        assertThat(cache.needsTraining()).isTrue();
        assertThat(directory.resolve("server.aot.new.config")).doesNotExist();

        Files.writeString(cache.fresh(), "classes");
        assertThat(cache.adopt()).isTrue();
        assertThat(cache.needsTraining()).isFalse();
        assertThat(cache.trainingCommand(List.of())).contains("-XX:AOTCacheOutput=" + cache.fresh());
    }

    private Path emptyJar() throws IOException {
        Path jar = directory.resolve("program.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar), new java.util.jar.Manifest())) {
            out.finish();
        }
        return jar;
    }
}
