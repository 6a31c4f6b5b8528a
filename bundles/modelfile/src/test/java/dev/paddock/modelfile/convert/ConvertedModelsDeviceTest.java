package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Random models of each architecture, converted and run, against what PyTorch and the makers' own classes computed from
 * the same weights in 32 bits. The measure: how far the numbers after a token lie from the expected ones, as a part of
 * how far those lie from their mean (both as root mean squares).
 */
class ConvertedModelsDeviceTest {
    static final double HALF = 1e-2;
    private static final double BRAIN = 3e-2;

    @TempDir
    private Path folder;

    static List<String> models() throws IOException, URISyntaxException {
        return Sample.names();
    }

    @BeforeEach
    void check() {
        Runner.assumeThere();
    }

    @ParameterizedTest
    @MethodSource("models")
    void aConvertedModelComputesWhatTheMakersDoes(String name) throws Exception {
        Sample sample = Sample.of(name);
        boolean brain = sample.dtype().equals("BF16");
        assertNear(sample, sample.files(folder, brain ? SafetensorsWriter.WIDE : sample.dtype()), HALF);
        // Kept in BF16, which is what llama.cpp then rounds all that it multiplies to: the same with fewer digits.
        if (brain) assertNear(sample, sample.files(folder), BRAIN);
    }

    private void assertNear(Sample sample, Map<String, Path> files, double tolerance) throws Exception {
        Path gguf = folder.resolve("model.gguf");
        Conversion.convert(files, gguf, ConversionProgress.SILENT);
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : sample.expected().path("tokens")) tokens.add(token.asInt());
        assertNear(Runner.numbers(folder, gguf, tokens), sample.expected(), sample.expected(), tolerance);
    }

    static void assertNear(List<double[]> found, JsonNode sample, JsonNode expected, double tolerance) {
        if (expected.has("vector")) {
            assertThat(distance(found.getFirst(), expected.path("vector"))).isLessThan(tolerance);
            return;
        }
        JsonNode positions = sample.path("positions");
        for (int i = 0; i < positions.size(); i++) {
            double[] row = found.get(positions.get(i).asInt());
            assertThat(distance(row, expected.path("logits").get(i)))
                    .as("after token " + positions.get(i))
                    .isLessThan(tolerance);
        }
    }

    private static double distance(double[] found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        double difference = 0;
        double mean = 0;
        double spread = 0;
        for (JsonNode number : expected) mean += number.asDouble() / expected.size();
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow(found[i] - expected.get(i).asDouble(), 2);
            spread += Math.pow(expected.get(i).asDouble() - mean, 2);
        }
        return Math.sqrt(difference / spread);
    }
}
