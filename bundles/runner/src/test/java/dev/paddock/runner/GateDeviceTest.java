package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.random.Mutations;
import dev.paddock.gguf.random.RandomEncoder;
import dev.paddock.gguf.random.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that the gate lets through kills a runner at load. {@code paddock.test.gate} says how many mutated files are
 * loaded, {@code paddock.test.gate.seed} with which the first is made.
 */
class GateDeviceTest {
    private static final int FILES = Integer.getInteger("paddock.test.gate", 60);
    private static final long SEED = Long.getLong("paddock.test.gate.seed", 1);

    @TempDir
    Path directory;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> deaths = new ArrayList<>();

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void whatTheGateLetsThroughKillsNoRunner() throws Exception {
        List<Mutations> seeds = seeds();
        Path file = directory.resolve("odd.gguf");
        Loads loads = new Loads();
        int loaded = 0;
        for (long seed = SEED; loaded < FILES; seed++) {
            Files.write(file, seeds.get((int) (seed % seeds.size())).odd(seed));
            if (!accepted(file, seed)) continue;
            loaded++;
            String answer = loads.ask(file);
            if (answer == null) {
                String death = "seed " + seed + ": " + loads.death();
                System.out.println("DEATH " + death);
                deaths.add(death);
                if (System.getProperty("paddock.test.gate.keep") != null) {
                    Files.copy(file, Path.of(System.getProperty("paddock.test.gate.keep"), seed + ".gguf"));
                }
                loads = new Loads();
            } else {
                outcomes.merge(answer.split(" ")[0], 1, Integer::sum);
                if (Boolean.getBoolean("paddock.test.gate.tell")) System.out.println(seed + " " + answer);
            }
        }
        loads.close();
        System.out.println(outcomes);
        assertThat(deaths).isEmpty();
    }

    private boolean accepted(Path file, long seed) throws IOException {
        try {
            var fault = dev.paddock.gguf.model.ModelSanity.fault(GgufFile.read(file));
            if (fault.isPresent()) {
                outcomes.merge("insane", 1, Integer::sum);
                if (Boolean.getBoolean("paddock.test.gate.tell")) System.out.println(seed + " insane " + fault.get());
                return false;
            }
            if (seed % 2 == 0) {
                Path copy = directory.resolve("copy.gguf");
                GgufCopy.write(file, GgufEdit.NONE, copy);
                Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            return true;
        } catch (GgufException e) {
            outcomes.merge("gate", 1, Integer::sum);
            return false;
        }
    }

    private List<Mutations> seeds() throws IOException {
        Path file = directory.resolve("seed.gguf");
        List<Mutations> seeds = new ArrayList<>();
        seeds.add(Mutations.of(Files.readAllBytes(RealThings.MODEL)));
        TinyModel.sliding(64, 1, file);
        seeds.add(Mutations.of(Files.readAllBytes(file)));
        TinyModel.recurrent(1, file);
        seeds.add(Mutations.of(Files.readAllBytes(file)));
        RandomEncoder.write(RandomEncoder.Pooling.MEAN, 1, file);
        seeds.add(Mutations.of(Files.readAllBytes(file)));
        return seeds;
    }

    private final class Loads implements AutoCloseable {
        private final Path output = directory.resolve("err");
        private final Process process;
        private final Writer in;
        private final BufferedReader out;

        Loads() throws IOException {
            process = new ProcessBuilder(
                            "sh",
                            "-c",
                            "ulimit -v 16000000; exec \"$0\" \"$@\"",
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-XX:-CreateCoredumpOnCrash",
                            "-XX:ErrorFile=" + directory.resolve("hs_err"),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dpaddock.test.natives=" + RealThings.NATIVES,
                            "-Dpaddock.test.model=" + RealThings.MODEL,
                            "-cp",
                            System.getProperty("java.class.path"),
                            LoadLoop.class.getName())
                    .redirectError(output.toFile())
                    .start();
            in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("ready");
        }

        String ask(Path file) throws IOException {
            in.write(file + "\n");
            in.flush();
            String line = out.readLine();
            while (line != null && !line.startsWith("loaded") && !line.startsWith("refused")) line = out.readLine();
            return line;
        }

        String death() throws Exception {
            process.waitFor(20, TimeUnit.SECONDS);
            String words = Files.readString(output, StandardCharsets.ISO_8859_1);
            return process.exitValue() + " " + words.substring(Math.max(0, words.length() - 400)).replace('\n', '|');
        }

        @Override
        public void close() throws Exception {
            in.close();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
