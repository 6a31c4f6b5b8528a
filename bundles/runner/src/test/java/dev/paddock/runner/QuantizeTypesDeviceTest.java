package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.random.RandomModel;
import dev.paddock.runner.llama.PackType;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type that there is, made of a small model: it loads, or llama.cpp says in words why it cannot be made. */
class QuantizeTypesDeviceTest {
    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static Path plain;

    @BeforeAll
    static void model() throws IOException {
        RealThings.assumeThere();
        plain = shared.resolve("plain.gguf");
        RandomModel.write("tiny", "f16", 1, plain);
    }

    @Test
    void namesAndNumbersAreThoseOfTheFormat() {
        assertThat(Arrays.stream(PackType.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FileType.values())
                        .filter(type -> type != FileType.NVFP4) // llama.cpp reads it and makes none
                        .map(Enum::name)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(PackType.class)
    void everyTypeLoadsOrIsRefusedInWords(PackType type) throws IOException {
        Path packed = directory.resolve("packed.gguf");
        List<Message.Packing> told = new ArrayList<>();
        Message answer;
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(order(plain, packed, type, false));
            answer = runner.receive();
            for (; answer instanceof Message.Packing packing; answer = runner.receive()) told.add(packing);
        }
        switch (answer) {
            case Message.Packed() -> {
                var gguf = GgufFile.read(packed);
                assertThat(gguf.fileType().map(Enum::name)).contains(type.name());
                assertThat(told)
                        .hasSize(gguf.tensors().size())
                        .allMatch(packing -> packing.count() == told.size())
                        .extracting(Message.Packing::tensor)
                        .containsExactlyInAnyOrderElementsOf(
                                gguf.tensors().stream().map(t -> t.name()).toList());
                try (RunnerProcess runner = RunnerProcess.loaded(directory, RunnerProcess.loadOrder(packed, 1))) {
                    assertThat(runner.tokenize("a")).isNotEmpty();
                }
            }
            case Message.Failed failed ->
                assertThat(failed.message())
                        .contains("could not quantize plain.gguf to " + type, "requires an importance matrix")
                        .doesNotContain("===");
            default -> throw new AssertionError(answer);
        }
    }

    @Test
    void packedWeightsArePackedAgainOnlyWhenThatIsAskedFor() throws IOException {
        for (boolean requantize : new boolean[] {false, true}) {
            Path packed = directory.resolve("packed.gguf");
            try (RunnerProcess runner = RunnerProcess.start(directory)) {
                runner.send(order(RealThings.MODEL, packed, PackType.Q4_0, requantize));
                Message answer = runner.receive();
                while (answer instanceof Message.Packing) answer = runner.receive();
                if (requantize) assertThat(answer).isInstanceOf(Message.Packed.class);
                else assertThat(((Message.Failed) answer).message()).contains("requantizing");
            }
        }
    }

    private static Message.Quantize order(Path in, Path out, PackType type, boolean requantize) {
        var libraries = new Message.Libraries(RealThings.NATIVES.toString(), List.of(), Map.of());
        return new Message.Quantize(libraries, in.toString(), out.toString(), type.name(), requantize, 1);
    }
}
