package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.random.RandomEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectDeviceTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void tokensOfTextsAndLogitsAfterTokensArePrinted() throws Exception {
        Path texts = Files.writeString(directory.resolve("texts"), "Hello\u001eHello Hello");
        List<String> lines = inspect(RealThings.MODEL, 0, "--texts", texts.toString(), "--tokens", "5,6,7");
        assertThat(lines).hasSize(5);
        String[] first = lines.get(0).split(",");
        assertThat(lines.get(1).split(",").length).isGreaterThan(first.length);
        int vocabulary = lines.get(2).split(",").length;
        assertThat(vocabulary).isGreaterThan(1000);
        assertThat(lines.get(4).split(",")).hasSize(vocabulary);
        assertThat(lines.get(2)).isNotEqualTo(lines.get(3));
    }

    @Test
    void anEncoderGivesOneVector() throws Exception {
        Path model = directory.resolve("encoder.gguf");
        RandomEncoder.write(RandomEncoder.Pooling.MEAN, 1, model);
        List<String> lines = inspect(model, 0, "--tokens", "2,7,8,3");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().split(",")).hasSize(RandomEncoder.WIDTH);
    }

    @Test
    void aTokenThatIsNoneIsRefused() throws Exception {
        assertThat(inspect(RealThings.MODEL, 1, "--tokens", "99999999")).isEmpty();
        assertThat(Files.readString(directory.resolve("output"))).contains("token 99999999 is not in the vocabulary");
    }

    /** The lines of numbers that were printed. */
    private List<String> inspect(Path model, int code, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--libs", RealThings.NATIVES.toString()));
        arguments.addAll(List.of("--backend", String.join(",", RealThings.cpuVariants()), "--model", model.toString()));
        arguments.addAll(List.of(more));
        Path output = directory.resolve("output");
        Process process = RunnerProcess.java(output, arguments.toArray(String[]::new));
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("["))
                .toList();
    }
}
