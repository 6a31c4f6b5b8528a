package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTest {
    private static final long GIB = 1L << 30;

    @Test
    void itIsNeverFewerThanFourHoweverLittleMemoryThereIs() {
        assertThat(Parallel.choose(128 << 10, 32_768, 0)).isEqualTo(4);
        assertThat(Parallel.choose(128 << 10, 32_768, 16 * GIB)).isEqualTo(4);
    }

    @Test
    void beyondFourTheCacheTakesAnEighthOfTheMemoryAtMost() {
        assertThat(Parallel.choose(32 << 10, 8192, 16 * GIB)).isEqualTo(8);
        assertThat(Parallel.choose(32 << 10, 8192, 24 * GIB)).isEqualTo(12);
    }

    @Test
    void itIsNeverMoreThanSixteen() {
        assertThat(Parallel.choose(1, 1, Long.MAX_VALUE)).isEqualTo(16);
    }

    @Test
    void theSmallerOfSystemAndControlGroupIsFree(@TempDir Path directory) throws IOException {
        Path meminfo = Files.writeString(directory.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:   2048 kB\n");
        var free = new FreeMemory(meminfo, directory);
        assertThat(free.bytes()).isEqualTo(2 << 20);
        Files.writeString(directory.resolve("memory.max"), "max\n");
        Files.writeString(directory.resolve("memory.current"), "1048576\n");
        assertThat(free.bytes()).isEqualTo(2 << 20);
        Files.writeString(directory.resolve("memory.max"), "1572864\n");
        assertThat(free.bytes()).isEqualTo(524_288);
        Files.writeString(directory.resolve("memory.stat"), "anon 4\ninactive_file 1000\nactive_file 7\n");
        assertThat(free.bytes()).isEqualTo(525_288);
        Files.writeString(directory.resolve("memory.current"), "9999999\n");
        assertThat(free.bytes()).as("none, and known to be none").isEqualTo(1);
        assertThat(new FreeMemory(directory.resolve("none"), directory).bytes()).isZero();
    }
}
