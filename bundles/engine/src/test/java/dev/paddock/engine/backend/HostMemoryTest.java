package dev.paddock.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final long KIB = 1024;

    @TempDir
    Path directory;

    @Test
    void withoutAControlGroupTheKernelsAccountCounts() throws IOException {
        assertMemory(1000 * KIB, 600 * KIB);
    }

    @Test
    void aControlGroupLimitsBoth() throws IOException {
        write("memory.max", "" + 500 * KIB);
        write("memory.current", "" + 300 * KIB);
        write("memory.stat", "anon 5\ninactive_file " + 100 * KIB);
        assertMemory(500 * KIB, 300 * KIB);
    }

    @Test
    void aControlGroupWithoutALimitIsNone() throws IOException {
        write("memory.max", "max");
        write("memory.current", "" + 900 * KIB);
        assertMemory(1000 * KIB, 600 * KIB);
    }

    @Test
    void theFirstVersionOfControlGroupsIsUnderstood() throws IOException {
        Files.createDirectories(directory.resolve("memory"));
        write("memory/memory.limit_in_bytes", "" + 400 * KIB);
        write("memory/memory.usage_in_bytes", "" + 390 * KIB);
        assertMemory(400 * KIB, 10 * KIB);
    }

    @Test
    void whereNothingTellsItIsNothing() {
        var device = new HostMemory(directory.resolve("none"), directory).device(BackendKey.newest("cpu"));
        assertThat(device.totalBytes()).isZero();
        assertThat(device.name()).isEqualTo(Device.HOST);
    }

    private void assertMemory(long total, long free) throws IOException {
        var meminfo = write("meminfo", "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:    600 kB\n");
        var device = new HostMemory(meminfo, directory).device(BackendKey.newest("cpu"));
        assertThat(device.totalBytes()).isEqualTo(total);
        assertThat(device.freeBytes()).isEqualTo(free);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
