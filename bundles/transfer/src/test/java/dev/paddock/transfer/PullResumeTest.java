package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.store.Layer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pull whose process is killed again and again, from a registry that others wrote; a whole server is killed twenty times
 * end to end.
 */
@Timeout(300)
class PullResumeTest {
    private static final int KILLS = 5;
    private static final long SIZE = 100_000_000;

    @TempDir
    Path root;

    @Test
    void aPullThatIsKilledAgainAndAgainLosesNothingThatItSaidItHad() throws Exception {
        try (var registry = RealRegistry.start(root)) {
            String name = registry.host() + "/library/m:latest";
            Layer filler;
            try (var source = new TestHouse(root.resolve("source"), Configured.forTests())) {
                filler = source.filler(SIZE, 7);
                source.install(name, "killed", filler);
                source.push(name);
            }
            Path target = root.resolve("target");
            var random = new Random(20);
            long lost = 0;
            List<Long> offsets = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                long had = begun(target, filler);
                long more = 1 + random.nextLong(2 * SIZE / (KILLS + 2) - 1);
                long told = killedAfter(Math.min(had + more, SIZE - 1), target, name);
                offsets.add(told);
                lost += Math.max(0, told - begun(target, filler));
            }
            assertThat(lost)
                    .as("bytes that were said to be there and had to come again, killed at " + offsets)
                    .isZero();
            assertThat(offsets.getLast()).as("it got ahead").isGreaterThan(offsets.getFirst());
            finish(target, name, filler);
        }
    }

    private static long begun(Path target, Layer layer) {
        try (var house = new TestHouse(target, Configured.forTests())) {
            return house.store.begun(layer.digest());
        }
    }

    /** Lets it go on until it says that so much is there, and kills it. */
    private static long killedAfter(long offset, Path target, String name) throws IOException, InterruptedException {
        Process process = PullProgram.start(List.of(), target.toString(), name, "60m", "8");
        long told = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                assertThat(line).as("what the pull printed").matches("[0-9]+|SLF4J.*");
                if (line.startsWith("SLF4J")) continue;
                told = Long.parseLong(line);
                if (told >= offset) process.toHandle().destroyForcibly();
            }
        }
        assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
        return told;
    }

    private static void finish(Path target, String name, Layer layer) throws Exception {
        Process process = PullProgram.start(List.of(), target.toString(), name, "0", "8");
        process.outputWriter().close();
        String printed;
        try (BufferedReader out = process.inputReader()) {
            printed = String.join("\n", out.lines().toList());
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).containsPattern("done [0-9]+");
        try (var house = new TestHouse(target, Configured.forTests())) {
            Path blob = house.blob(layer.digest());
            try (var expected = TestHouse.noise(SIZE, 7);
                    var actual = Files.newInputStream(blob)) {
                byte[] buffer = new byte[1 << 20];
                long at = 0;
                for (int got = expected.read(buffer, 0, buffer.length);
                        got >= 0;
                        got = expected.read(buffer, 0, buffer.length)) {
                    assertThat(actual.readNBytes(got)).as("at " + at).isEqualTo(java.util.Arrays.copyOf(buffer, got));
                    at += got;
                }
            }
            assertThat(house.blobNames()).noneMatch(n -> n.contains("partial"));
        }
    }
}
