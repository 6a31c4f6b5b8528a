package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AdapterConversionTest {
    @TempDir
    private Path folder;

    @Test
    void anAdapterSaysWhatItIsForAndHowMuchItCounts() throws IOException {
        Path out = folder.resolve("adapter.gguf");
        var files = Sample.of("gemma2").adapterFiles(folder);
        assertThat(AdapterConversion.isAdapter(files)).isTrue();
        AdapterConversion.convert(files, base("gemma2"), out, ConversionProgress.SILENT);
        GgufFile gguf = GgufFile.read(out);
        assertThat(gguf.metadata())
                .containsEntry("general.type", "adapter")
                .containsEntry("general.architecture", "gemma2")
                .containsEntry("adapter.type", "lora")
                .containsEntry("adapter.lora.alpha", 16.0); // 8, of rank 4 by the root
        assertThat(gguf.tensors()).anySatisfy(tensor -> {
            assertThat(tensor.name()).isEqualTo("blk.1.ffn_gate.weight.lora_b");
            assertThat(tensor.dims()).containsExactly(4L, 96L);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"peft_type": "IA3"}                         | "peft_type" is "IA3"; supported is LORA
            {"use_dora": true}                           | "use_dora" is not supported
            {"bias": "all"}                              | "bias" is "all"; supported is none
            {"modules_to_save": ["lm_head"]}             | "modules_to_save" is not supported
            {"alpha_pattern": {"q_proj": 4}}             | "alpha_pattern" is not supported
            {"use_rslora": true, "rank_pattern": {"a": 2}} | "use_rslora" with "rank_pattern"
            {"lora_alpha": null}                         | lacks "lora_alpha"
            """)
    void whatIsNotSupportedIsRefusedInWords(String change, String words) throws IOException {
        var files = Sample.of("llama3").adapterFiles(folder);
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(files.get("adapter_config.json"));
        config.setAll((ObjectNode) JsonMapper.shared().readTree(change));
        Files.write(files.get("adapter_config.json"), JsonMapper.shared().writeValueAsBytes(config));
        assertRefused(files, base("llama3"), words);
    }

    @Test
    void anotherBaseIsRefused() throws IOException {
        var files = Sample.of("llama3").adapterFiles(folder);
        assertRefused(files, base("bert-mean"), "of architecture \"bert\"; supported are gemma2, gemma3, llama, qwen2");
        assertRefused(files, base("llama-linear"), "does not fit the base model");
    }

    @Test
    void matricesThatAreNoPairAreRefused() throws IOException {
        var files = Sample.of("llama3").adapterFiles(folder);
        String module = "base_model.model.model.layers.0.self_attn.q_proj";
        weights(files, new SafetensorsWriter().weights(module + ".lora_A.weight", "F32", List.of(4L, 64L), 0, 1));
        assertRefused(files, base("llama3"), "one matrix is missing");
        weights(files, new SafetensorsWriter().weights(module + ".weight", "F32", List.of(64L, 64L), 0, 1));
        assertRefused(files, base("llama3"), "is none of a LoRA pair");
        weights(
                files,
                new SafetensorsWriter()
                        .weights("base_model.model.lm_head.lora_A.weight", "F32", List.of(4L, 64L), 0, 1));
        assertRefused(files, base("llama3"), "changes none of the weights");
        files.remove("adapter_model.safetensors");
        assertRefused(files, base("llama3"), "adapter_model.safetensors is missing");
    }

    private void weights(Map<String, Path> files, SafetensorsWriter writer) throws IOException {
        writer.write(files.get("adapter_model.safetensors"));
    }

    private GgufFile base(String name) throws IOException {
        Path base = folder.resolve(name + ".gguf");
        Path own = Files.createDirectories(folder.resolve(name));
        Conversion.convert(Sample.of(name).files(own), base, ConversionProgress.SILENT);
        return GgufFile.read(base);
    }

    private void assertRefused(Map<String, Path> files, GgufFile base, String words) {
        Path out = folder.resolve("adapter.gguf");
        assertThatThrownBy(() -> AdapterConversion.convert(files, base, out, ConversionProgress.SILENT))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(words);
        assertThat(out).doesNotExist();
    }
}
