package dev.paddock.modelfile.convert;

import dev.paddock.gguf.GgufFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Converted adapters change a converted model as PEFT says: its logits are those of weights that they were added to. */
class AdaptersDeviceTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void check() {
        Runner.assumeThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "gemma2"})
    void aConvertedAdapterChangesItsBaseAsItsMakersDoes(String name) throws Exception {
        Sample sample = Sample.of(name);
        Path base = folder.resolve("base.gguf");
        Conversion.convert(sample.files(folder), base, ConversionProgress.SILENT);
        Path adapter = folder.resolve("adapter.gguf");
        AdapterConversion.convert(sample.adapterFiles(folder), GgufFile.read(base), adapter, ConversionProgress.SILENT);
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : sample.expected().path("tokens")) tokens.add(token.asInt());
        List<double[]> found = Runner.numbers(folder, base, tokens, "--adapter", adapter.toString());
        ConvertedModelsDeviceTest.assertNear(
                found, sample.expected(), sample.expected().path("adapter"), ConvertedModelsDeviceTest.HALF);
    }
}
