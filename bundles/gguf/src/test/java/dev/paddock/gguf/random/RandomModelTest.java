package dev.paddock.gguf.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.SkippedArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {
    @TempDir
    Path dir;

    @Test
    void theSameSeedGivesTheSameFileAndAnotherOneDoesNot() throws IOException {
        Path one = write(1, "one");
        assertThat(one).hasSameBinaryContentAs(write(1, "again"));
        assertThat(Files.mismatch(one, write(2, "two"))).isNotNegative();
    }

    @Test
    void theModelHasTheShapeAndAWholeVocabulary() throws IOException {
        var gguf = GgufFile.read(write(1, "one"));
        assertThat(gguf.architecture()).isEqualTo("llama");
        assertThat(gguf.parameterCount()).isBetween(95_000_000L, 105_000_000L);
        assertThat(gguf.tensors()).hasSize(12 * 9 + 2);
        assertThat(gguf.tensors().getFirst().type()).isEqualTo(GgmlType.Q4_0);
        List<?> tokens = (List<?>) gguf.metadata().get("tokenizer.ggml.tokens");
        assertThat(tokens).hasSize(32_000);
        assertThat(new HashSet<>(tokens)).as("no token is there twice").hasSize(32_000);
        for (Object merge : (List<?>) gguf.metadata().get("tokenizer.ggml.merges")) {
            assertThat(tokens.contains(((String) merge).replace(" ", "")))
                    .as("%s makes a token", merge)
                    .isTrue();
        }
    }

    @Test
    void theSizeOfAFileIsKnownBeforeItIsWritten() throws IOException {
        assertThat((double) Files.size(write(1, "one")))
                .isCloseTo((double) RandomModel.bytes("0.1b", "q4_0"), withPercentage(2));
        assertThat(RandomModel.bytes("8b", "q4_0")).isBetween(4_000_000_000L, 4_700_000_000L);
        assertThatThrownBy(() -> RandomModel.bytes("9b", "q4_0")).hasMessageContaining("0.1b, 1b, 8b");
    }

    @Test
    void aListingNeedNotReadTheVocabulary() throws IOException {
        var gguf = GgufFile.read(write(1, "one"), 16);
        assertThat(gguf.metadata().get("tokenizer.ggml.tokens")).isInstanceOf(SkippedArray.class);
    }

    @Test
    void byteSymbolsFollowTheByteLevelAlphabet() {
        assertThat(Vocabulary.symbol(' ')).isEqualTo('Ġ');
        assertThat(Vocabulary.symbol('\n')).isEqualTo('Ċ');
        assertThat(Vocabulary.symbol('A')).isEqualTo('A');
        assertThat(Vocabulary.symbol(0xad)).isEqualTo('Ń');
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--size", "7b", "x"}))
                .hasMessageContaining("7b");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--type", "q2_k", "x"}))
                .hasMessageContaining("q2_k");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--seed", "x", "x"}))
                .hasMessageContaining("--seed");
        assertThatThrownBy(() -> Arguments.parse(new String[] {})).hasMessageContaining("missing");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"x", "--type"})).hasMessageContaining("needs a value");
    }

    private Path write(long seed, String name) throws IOException {
        Path file = dir.resolve(name + ".gguf");
        RandomModel.write("0.1b", "q4_0", seed, file);
        return file;
    }
}
