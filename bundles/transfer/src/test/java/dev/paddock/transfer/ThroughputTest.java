package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.store.Layer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gigabyte from a real registry, by us and by curl, in turns: {@code mvn -pl bundles/transfer -am test
 * -Dtest=ThroughputTest -Dpaddock.bench=true}. Times say little on a busy machine, so it runs only when asked for.
 */
class ThroughputTest {
    private static final long SIZE = 1_000_000_000;
    private static final int ROUNDS = 5;

    @TempDir
    Path root;

    @Test
    void aPullIsNotMuchSlowerThanCurl() throws Exception {
        assumeTrue(Boolean.getBoolean("paddock.bench"), "runs only with -Dpaddock.bench=true");
        try (var registry = RealRegistry.start(root)) {
            String name = registry.host() + "/library/m:latest";
            Layer filler;
            try (var source = new TestHouse(root.resolve("source"), Configured.forTests())) {
                filler = source.filler(SIZE, 9);
                source.install(name, "throughput", filler);
                source.push(name);
                source.delete(name);
            }
            String address = "http://" + registry.host() + FakeRegistry.blobPath(filler.digest());
            List<Double> ratios = ratios(address, name);
            ratios.sort(null);
            System.out.println("median of " + ROUNDS + ": " + percent(ratios.get(ROUNDS / 2)) + " of curl, from "
                    + percent(ratios.getFirst()) + " to " + percent(ratios.getLast()));
            assertThat(ratios.get(ROUNDS / 2)).isGreaterThan(0.7);
        }
    }

    private List<Double> ratios(String address, String name) throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        Process process =
                PullProgram.start(List.of("-Xmx64m"), root.resolve("target").toString(), name, "0", "8");
        try (var out = process.inputReader();
                var in = process.outputWriter()) {
            // The first one is for the compiler: servers pull more than once.
            pulled(process, out);
            for (int round = 0; round < ROUNDS; round++) {
                double curl = curl(address);
                in.write("again\n");
                in.flush();
                double pull = pulled(process, out);
                System.out.printf(
                        Locale.ROOT,
                        "curl %.2f s, pull %.2f s, its process had at most %d MB (heap: 64)%n",
                        curl,
                        pull,
                        resident(process.pid()) >> 20);
                ratios.add(curl / pull);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return ratios;
    }

    private double curl(String address) throws IOException, InterruptedException {
        Path file = root.resolve("curl.out");
        long start = System.nanoTime();
        assertThat(new ProcessBuilder("curl", "-sf", "-o", file.toString(), address)
                        .start()
                        .waitFor())
                .isZero();
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        return seconds;
    }

    private static double pulled(Process process, BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("done ")) return Long.parseLong(line.substring(5)) / 1e3;
        }
        throw new IOException("the pull ended with " + process.exitValue());
    }

    /** The most that a process had so far. */
    private static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(l -> l.startsWith("VmHWM:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 100) + " %";
    }
}
