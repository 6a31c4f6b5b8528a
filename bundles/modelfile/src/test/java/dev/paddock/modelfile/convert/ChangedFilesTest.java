package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a model with arbitrary changes are converted or refused as the caller's fault, and nothing else happens. */
class ChangedFilesTest {
    private static final int CHANGES = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "llama3, config.json",
        "gemma3, config.json",
        "phi3-long, config.json",
        "bert-mean, config.json",
        "nomic-bert, config.json",
        "llama3, tokenizer.json",
        "llama3, model.safetensors.index.json",
        "mistral, tokenizer.model",
        "gemma2, tokenizer.model",
        "bert-mean, tokenizer.json",
        "bert-mean, modules.json",
        "bert-cls, 1_Pooling/config.json"
    })
    void areConvertedOrRefused(String model, String name) throws IOException {
        Map<String, Path> files = Sample.of(model).files(folder);
        byte[] good = Files.readAllBytes(files.get(name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < CHANGES; i++) {
            Files.write(files.get(name), changed(good, random));
            try {
                Conversion.convert(files, folder.resolve("out.gguf"), ConversionProgress.SILENT);
            } catch (PaddockException e) {
                assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST);
                assertThat(e.getMessage()).hasSizeBetween(10, 2000);
            }
        }
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "0123456789{}[]\",:-eE".charAt(random.nextInt(20));
                default ->
                    System.arraycopy(
                            good,
                            random.nextInt(good.length - 8),
                            bytes,
                            at,
                            Math.min(bytes.length - at, random.nextInt(8)));
            }
        }
        return random.nextInt(16) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
