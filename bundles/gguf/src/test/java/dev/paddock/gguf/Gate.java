package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.paddock.gguf.model.LegacyLayout;
import dev.paddock.gguf.model.ModelKind;
import dev.paddock.gguf.model.ModelSanity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads hostile files and looks at what that costs. One thread. */
final class Gate {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Longer than a file of any of these tests may compute; what the machine does meanwhile does not count. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Path file;
    /** Bytes that a reading may allocate beside twice the size of its file. */
    private final long constant;

    int accepted;
    int refused;
    long mostBeyond = Long.MIN_VALUE;

    Gate(Path file, long constant) {
        this.file = file;
        this.constant = constant;
    }

    /** Reads a file with and without its arrays: it is sound or refused, in time and without more memory than it is worth. */
    void read(byte[] content, Object what) {
        try {
            Files.write(file, content);
            if (measured(content.length, Long.MAX_VALUE, what)) judge(what);
            measured(content.length, 0, what);
        } catch (IOException e) {
            throw new AssertionError(what + ": another failure than a GgufException", e);
        }
    }

    private boolean measured(long size, long arrayLimit, Object what) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean sound;
        try {
            GgufFile.read(file, arrayLimit);
            sound = true;
            accepted++;
        } catch (GgufException e) {
            assertThat(e.position()).as("%s", what).isNotNegative();
            sound = false;
            refused++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": another failure than a GgufException", e);
        }
        long beyond = THREADS.getCurrentThreadAllocatedBytes() - before - 2 * size;
        mostBeyond = Math.max(mostBeyond, beyond);
        assertThat(beyond)
                .as("bytes allocated beyond twice the %d of the file, %s", size, what)
                .isLessThan(constant);
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
                .as("%s", what)
                .isLessThan(LONGEST);
        return sound;
    }

    /** What is decided by a sound header must not fail either, whatever stands in it. */
    private void judge(Object what) throws IOException {
        GgufFile sound = GgufFile.read(file);
        try {
            ModelSanity.fault(sound);
            LegacyLayout.of(sound);
            ModelKind.of(sound);
            sound.parameterCount();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": a sound header could not be judged", e);
        }
        try {
            Shard.of(sound);
        } catch (GgufException e) {
            assertThat(e).hasMessageContaining("part");
        }
    }
}
