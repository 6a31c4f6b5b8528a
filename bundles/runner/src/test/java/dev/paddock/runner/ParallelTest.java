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
    void theCacheHasRoomWhereItsLayersAre() {
        assertThat(Parallel.room(8 * GIB, 99, 0, 5)).isEqualTo(8 * GIB);
        assertThat(Parallel.room(8 * GIB, 2 * GIB, 5, 5)).isEqualTo(2 * GIB);
        assertThat(Parallel.room(8 * GIB, 2 * GIB, 3, 5))
                .as("half of the layers on each: the device is full first")
                .isEqualTo(4 * GIB);
        assertThat(Parallel.room(8 * GIB, 2 * GIB, 1, 5))
                .as("the output layer has no cache")
                .isEqualTo(8 * GIB);
    }

    @Test
    void theLimitsOfAllGroupsAroundCountOfBothVersions(@TempDir Path directory) throws IOException {
        Path meminfo = Files.writeString(directory.resolve("meminfo"), "MemTotal: 9000 kB\nMemAvailable: 8000 kB\n");
        Path membership = directory.resolve("membership");
        Files.writeString(membership, "0::/outer/inner\n");
        Path inner = Files.createDirectories(directory.resolve("outer/inner"));
        Files.writeString(directory.resolve("outer/memory.max"), "3000000\n");
        Files.writeString(directory.resolve("outer/memory.current"), "1000000\n");
        assertThat(FreeMemory.group(directory, membership)).isEqualTo(inner);
        var free = new FreeMemory(meminfo, inner);
        assertThat(free.bytes()).isEqualTo(2_000_000);
        assertThat(free.total()).isEqualTo(3_000_000);
        Files.writeString(membership, "5:memory:/one\n1:name=systemd:/x\n");
        Path old = Files.createDirectories(directory.resolve("memory/one"));
        Files.writeString(old.resolve("memory.limit_in_bytes"), "5000000\n");
        Files.writeString(old.resolve("memory.usage_in_bytes"), "4000000\n");
        Files.writeString(old.resolve("memory.stat"), "inactive_file 1\ntotal_inactive_file 500000\n");
        assertThat(FreeMemory.group(directory, membership)).isEqualTo(old);
        assertThat(new FreeMemory(meminfo, old).bytes()).isEqualTo(1_500_000);
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
