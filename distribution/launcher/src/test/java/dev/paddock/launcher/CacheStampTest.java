package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheStampTest {
    @TempDir
    Path temporary;

    private Path one;
    private Path two;

    @BeforeEach
    void jars() throws IOException {
        one = Files.writeString(temporary.resolve("one.jar"), "1");
        two = Files.writeString(temporary.resolve("two.jar"), "2");
    }

    @Test
    void theOrderOfJarsDoesNotMatter() {
        assertThat(CacheStamp.of(List.of(one, two), "home")).isEqualTo(CacheStamp.of(List.of(two, one), "home"));
    }

    @Test
    void anotherHomeOrSetOfJarsOrContentIsAnotherStamp() throws IOException {
        String stamp = CacheStamp.of(List.of(one, two), "home");
        assertThat(CacheStamp.of(List.of(one, two), "moved")).isNotEqualTo(stamp);
        assertThat(CacheStamp.of(List.of(one), "home")).isNotEqualTo(stamp);
        Files.writeString(two, "22");
        assertThat(CacheStamp.of(List.of(one, two), "home")).isNotEqualTo(stamp);
        Files.delete(two);
        assertThat(CacheStamp.of(List.of(one, two), "home")).isNotEqualTo(stamp);
    }

    @Test
    void aCacheIsKeptWhileItsStampFitsAndEmptiedElse() throws IOException {
        Path cache = temporary.resolve("cache");
        assertThat(CacheStamp.keepOrEmpty(cache, "a")).isFalse();
        Files.writeString(Files.createDirectories(cache.resolve("deep/er")).resolve("file"), "x");
        assertThat(CacheStamp.keepOrEmpty(cache, "a")).isTrue();
        assertThat(cache.resolve("deep/er/file")).exists();
        assertThat(CacheStamp.keepOrEmpty(cache, "b")).isFalse();
        assertThat(cache.resolve("deep")).doesNotExist();
    }
}
