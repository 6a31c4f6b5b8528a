package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.model.ModelSanity;
import dev.paddock.gguf.random.Mutations;
import dev.paddock.gguf.random.RandomEncoder;
import dev.paddock.gguf.random.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that the gate lets through kills a runner at load. {@code paddock.test.gate} says how many mutated files are
 * loaded (500, which takes some seconds), {@code paddock.test.gate.seed} which is the first (1); those that kill are kept in the directory
 * {@code paddock.test.gate.keep}, if it is named.
 */
class GateDeviceTest {
    private static final int FILES = Integer.getInteger("paddock.test.gate", 500);
    private static final long FIRST = Long.getLong("paddock.test.gate.seed", 1);
    private static final Optional<Path> KEPT =
            Optional.ofNullable(System.getProperty("paddock.test.gate.keep")).map(Path::of);

    @TempDir
    Path directory;

    /** How many were refused by the gate or by llama.cpp, or loaded. */
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private final List<String> deaths = new ArrayList<>();

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void whatTheGateLetsThroughKillsNoRunner() throws Exception {
        List<Mutations> models = models();
        Path file = directory.resolve("odd.gguf");
        LoadProcess runner = LoadProcess.start(directory);
        int asked = 0;
        for (long seed = FIRST; asked < FILES; seed++) {
            Files.write(file, models.get((int) (seed % models.size())).odd(seed));
            if (!accepted(file, seed)) continue;
            asked++;
            Optional<String> answer = runner.load(file);
            outcomes.merge(answer.map(line -> line.split(" ", 2)[0]).orElse("killed"), 1, Integer::sum);
            if (answer.isPresent()) continue;
            deaths.add("seed " + seed + ": " + runner.lastWords());
            if (KEPT.isPresent())
                Files.copy(file, KEPT.get().resolve(seed + ".gguf"), StandardCopyOption.REPLACE_EXISTING);
            runner.close();
            runner = LoadProcess.start(directory);
        }
        runner.close();
        System.out.println("mutated models from seed " + FIRST + ": " + outcomes);
        assertThat(deaths).isEmpty();
        assertThat(outcomes).as("not all are refused").containsKey("loaded");
    }

    /** Every other file is copied, so that its tensors lie as llama.cpp wants them and it reads on. */
    private boolean accepted(Path file, long seed) throws IOException {
        try {
            if (ModelSanity.fault(GgufFile.read(file)).isPresent()) {
                outcomes.merge("insane", 1, Integer::sum);
                return false;
            }
            if (seed % 3 != 0) {
                Path copy = directory.resolve("copy.gguf");
                GgufCopy.write(file, GgufEdit.NONE, copy);
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return true;
        } catch (GgufException e) {
            outcomes.merge("unsound", 1, Integer::sum);
            return false;
        }
    }

    private List<Mutations> models() throws IOException {
        Path file = directory.resolve("seed.gguf");
        List<Mutations> models = new ArrayList<>();
        models.add(Mutations.of(Files.readAllBytes(RealThings.MODEL)));
        TinyModel.sliding(64, 1, file);
        models.add(Mutations.of(Files.readAllBytes(file)));
        TinyModel.recurrent(1, file);
        models.add(Mutations.of(Files.readAllBytes(file)));
        RandomEncoder.write(RandomEncoder.Pooling.MEAN, 1, file);
        models.add(Mutations.of(Files.readAllBytes(file)));
        return models;
    }
}
