package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Housekeeper.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that change a store at random moments and looks at what they leave. {@code -Dpaddock.kills=200} makes it
 * the long run.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("paddock.kills", 20);
    /** Of a process's life after it is ready, in milliseconds. */
    private static final int LONGEST_LIFE = 300;

    @TempDir
    Path dir;

    Path models;
    Path outside;
    long turns;
    long manifests;

    @BeforeEach
    void lay() throws IOException {
        models = dir.resolve("models");
        outside = Files.createDirectory(dir.resolve("outside"));
    }

    /** Its output; ends with it. */
    private record Life(Process process, BufferedReader output) implements AutoCloseable {
        /** Nothing is left of it, whatever becomes of the test. */
        @Override
        public void close() {
            process.destroyForcibly();
        }

        void awaitReady() throws IOException {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
                if (line == null) throw new IOException("it ended before it was ready: " + said);
                said.add(line);
            }
        }

        /** Kills it, and gives how many turns it had. */
        long kill() throws Exception {
            boolean alive = process.isAlive();
            // By its handle: the process itself would close the output that is still to be read.
            process.toHandle().destroyForcibly();
            List<String> said = output.lines().toList();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(alive).as("it ended by itself: %s", said).isTrue();
            return said.stream().filter(line -> line.matches("\\d+")).count();
        }
    }

    private Life live(long seed, String prefix) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        classes,
                        Wild.class.getName(),
                        models.toString(),
                        outside.toString(),
                        Long.toString(seed),
                        prefix)
                .redirectErrorStream(true)
                .start();
        return new Life(process, process.inputReader());
    }

    @Test
    void whateverMomentAProcessIsKilledAtEveryModelIsWhole() throws Exception {
        var random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            try (Life life = live(kill, "m")) {
                life.awaitReady();
                Thread.sleep(random.nextInt(LONGEST_LIFE));
                turns += life.kill();
            }
            check("after kill " + kill);
        }
        restart();
        assertThat(turns).isGreaterThan(KILLS);
        assertThat(manifests).isGreaterThan(KILLS);
        System.out.printf("%d kills, %d changes, %d manifests looked at: all whole%n", KILLS, turns, manifests);
    }

    @Test
    void twoProcessesOnOneStoreLeaveEachOtherWhole() throws Exception {
        var random = new Random(2);
        for (int kill = 0; kill < Math.max(2, KILLS / 4); kill++) {
            try (Life one = live(1000 + kill, "m");
                    Life two = live(2000 + kill, kill % 2 == 0 ? "m" : "other")) {
                one.awaitReady();
                two.awaitReady();
                Thread.sleep(random.nextInt(LONGEST_LIFE));
                turns += one.kill();
                Thread.sleep(random.nextInt(LONGEST_LIFE / 4));
                turns += two.kill();
            }
            check("after kill " + kill);
        }
        restart();
        assertThat(manifests).isPositive();
        System.out.printf("two at once, %d changes, %d manifests looked at: all whole%n", turns, manifests);
    }

    /** What a person who looks at the files finds: every manifest reads, and what it names is there in full. */
    private void check(String when) throws IOException {
        var store = new TestStore(models);
        References references = References.read(store.stock.tree());
        assertThat(references.unreadable()).as(when).isEmpty();
        manifests += references.models().size();
        List<String> missing = new ArrayList<>();
        for (var use : references.models()) {
            use.manifest().references().forEach(layer -> {
                long size = Stamp.of(store.layout.blob(layer.digest())).size();
                if (size != layer.size()) missing.add(use.name().display() + " " + layer + " is " + size);
            });
        }
        assertThat(missing).as(when).isEmpty();
    }

    /** A start afterwards: all steps go well, all digests are right, nothing unused stays but what is young. */
    private void restart() throws Exception {
        for (Path blob : Directories.entries(models.resolve("blobs"))) {
            if (!Files.isSymbolicLink(blob)) TestStore.old(blob);
        }
        for (Path promise : Directories.entries(models.resolve("paddock/promised"))) TestStore.old(promise);
        for (Path temp : Directories.entries(models.resolve("paddock"))) {
            if (temp.getFileName().toString().startsWith(".tmp-")) TestStore.old(temp);
        }
        Path none = dir.resolve("none");
        var quiet = StoreSettings.QUIET;
        var settings = new StoreSettings(true, quiet.grace(), quiet.partialKeep(), Long.MAX_VALUE, quiet.room());
        var store = new FileModelStore(new StorePlaces(models, none, none), settings);
        store.awaitHousekeeping();
        store.close();
        assertThat(store.steps()).allSatisfy(step -> assertThat(step.state()).isEqualTo(Step.State.DONE));
        assertThat(store.damage()).isEmpty();
        assertThat(store.usage().unusedBytes()).as("%s", store.steps()).isZero();
        for (Path blob : Directories.entries(models.resolve("blobs"))) {
            assertThat(blob.getFileName().toString())
                    .isEqualTo(Digest.of(Files.readAllBytes(blob)).fileName());
        }
    }
}
