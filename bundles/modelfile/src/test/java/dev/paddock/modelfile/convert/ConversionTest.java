package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What goes into the file, and what is refused, without a runner. */
class ConversionTest {
    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void name() {
        out = folder.resolve("out.gguf");
    }

    @Test
    void matricesStayHalfVectorsAreFullAndTheTypeIsTold() throws IOException {
        var result = convert(Sample.of("qwen2").files(folder));
        assertThat(result.fileType()).isEqualTo(FileType.F16);
        assertThat(result.architecture()).isEqualTo("qwen2");
        GgufFile gguf = GgufFile.read(out);
        assertThat(gguf.fileType()).contains(FileType.F16);
        assertThat(gguf.tensors()).hasSize(result.tensors());
        assertThat(type(gguf, "blk.1.ffn_down.weight")).isEqualTo(GgmlType.F16);
        assertThat(type(gguf, "blk.1.attn_q.bias")).isEqualTo(GgmlType.F32);
        assertThat(type(gguf, "output_norm.weight")).isEqualTo(GgmlType.F32);
        assertThat(gguf.tensors()).extracting(TensorInfo::name).doesNotContain("output.weight");
        assertThat(dims(gguf, "blk.0.ffn_up.weight")).containsExactly(64L, 96L);
        assertThat(gguf.architectureInteger("attention.head_count_kv")).hasValue(2);
    }

    @Test
    void brainFloatsStayWhatTheyAre() throws IOException {
        var files = Sample.of("mistral").files(folder);
        assertThat(convert(files).fileType()).isEqualTo(FileType.BF16);
        assertThat(type(GgufFile.read(out), "output.weight")).isEqualTo(GgmlType.BF16);
        assertThat(type(GgufFile.read(out), "blk.0.attn_norm.weight")).isEqualTo(GgmlType.F32);
    }

    @Test
    void rowsOfQueriesAndKeysAreReorderedByPairs() throws IOException {
        float[] rows = new float[64 * 64];
        for (int i = 0; i < rows.length; i++) rows[i] = i / 64;
        var files = Sample.of("llama-linear").files(folder);
        replace(files, "model.layers.0.self_attn.q_proj.weight", "F32", List.of(64L, 64L), floats(rows));
        convert(files);
        float[] written = half("blk.0.attn_q.weight", 64 * 64);
        // Of a head's 16 rows, the first and the ninth, the second and the tenth...
        for (int head = 0; head < 4; head++) {
            for (int row = 0; row < 16; row++) {
                int expected = head * 16 + row % 2 * 8 + row / 2;
                assertThat(written[(head * 16 + row) * 64]).isEqualTo(expected);
                assertThat(written[(head * 16 + row) * 64 + 63]).isEqualTo(expected);
            }
        }
    }

    @Test
    void progressEndsAtTheWholeAndNeverGoesBack() throws IOException {
        List<Long> heard = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        Conversion.convert(Sample.of("llama3").files(folder), out, (done, total) -> {
            heard.add(done);
            totals.add(total);
        });
        assertThat(heard).isSorted().hasSizeGreaterThan(10);
        assertThat(totals).containsOnly(heard.getLast());
    }

    @Test
    void tokensThatEndAnswersAndTheTemplateComeAlong() throws IOException {
        var files = Sample.of("llama3").files(folder);
        put(files, "tokenizer_config.json", """
                {"bos_token": {"content": "<|begin_of_text|>"}, "eos_token": "<|eot_id|>",
                 "chat_template": [{"name": "default", "template": "usual"}, {"name": "tool_use", "template": "tools"}]}""");
        convert(files);
        GgufFile gguf = GgufFile.read(out);
        assertThat(gguf.integer("tokenizer.ggml.bos_token_id")).hasValue(316);
        assertThat(gguf.integer("tokenizer.ggml.eos_token_id")).hasValue(318);
        assertThat(gguf.integer("tokenizer.ggml.eot_token_id")).hasValue(317);
        assertThat(gguf.metadata())
                .containsEntry("tokenizer.ggml.add_bos_token", true)
                .containsEntry("tokenizer.ggml.add_eos_token", false)
                .containsEntry("tokenizer.chat_template", "usual")
                .containsEntry("tokenizer.chat_template.tool_use", "tools");
        put(files, "chat_template.jinja", "of its own");
        convert(files);
        assertThat(GgufFile.read(out).text("tokenizer.chat_template")).contains("of its own");
        files.remove("chat_template.jinja");
        put(files, "tokenizer_config.json", "{}");
        put(files, "chat_template.json", "{\"chat_template\": \"third\"}");
        convert(files);
        assertThat(GgufFile.read(out).text("tokenizer.chat_template")).contains("third");
    }

    @Test
    void whatIsLeftOutIsTold() throws IOException {
        List<String> notes = new ArrayList<>();
        Conversion.convert(Sample.of("gemma3").files(folder), out, new ConversionProgress() {
            @Override
            public void at(long done, long total) {}

            @Override
            public void note(String words) {
                notes.add(words);
            }
        });
        assertThat(notes).containsExactly("the part that sees pictures is left out: the model will read text only");
    }

    @Test
    void rowsWithoutATokenGetUnusedOnes() throws IOException {
        convert(Sample.of("llama3").files(folder));
        GgufFile gguf = GgufFile.read(out);
        var tokens = (List<?>) gguf.metadata().get("tokenizer.ggml.tokens");
        var types = (List<?>) gguf.metadata().get("tokenizer.ggml.token_type");
        assertThat(tokens).hasSize(336);
        assertThat(tokens.get(335)).isEqualTo("[PAD335]");
        assertThat(types.get(335)).isEqualTo(5L);
        assertThat(tokens.get(319)).isEqualTo("<tool>");
        assertThat(types.get(319)).isEqualTo(4L);
        assertThat(types.get(318)).isEqualTo(3L);
    }

    @Test
    void mergesMayBePairsOrTexts() throws IOException {
        var files = Sample.of("llama3").files(folder);
        convert(files);
        Object pairs = GgufFile.read(out).metadata().get("tokenizer.ggml.merges");
        ObjectNode tokenizer = (ObjectNode) JsonMapper.shared().readTree(files.get("tokenizer.json"));
        var texts = JsonMapper.shared().createArrayNode();
        for (var pair : tokenizer.path("model").path("merges")) {
            texts.add(pair.get(0).asString() + " " + pair.get(1).asString());
        }
        ((ObjectNode) tokenizer.path("model")).set("merges", texts);
        Files.write(files.get("tokenizer.json"), JsonMapper.shared().writeValueAsBytes(tokenizer));
        convert(files);
        assertThat(GgufFile.read(out).metadata().get("tokenizer.ggml.merges")).isEqualTo(pairs);
        assertThat((List<?>) pairs).isNotEmpty();
    }

    @Test
    void anInterruptedConversionEndsAndLeavesNothing() throws IOException {
        var files = Sample.of("llama3").files(folder);
        try {
            assertThatThrownBy(() -> Conversion.convert(
                            files, out, (done, total) -> Thread.currentThread().interrupt()))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llama3        | {"architectures": ["MambaForCausalLM"]}        | MambaForCausalLM cannot be converted; supported are BertForMaskedLM, BertModel, Gemma2ForCausalLM, Gemma3ForCausalLM, Gemma3ForConditionalGeneration, LlamaForCausalLM, MistralForCausalLM, NomicBertModel, Phi3ForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM
            llama3        | {"architectures": null}                        | names no architecture
            llama3        | {"hidden_size": null}                          | lacks "hidden_size"
            llama3        | {"hidden_size": "wide"}                        | not a whole number
            llama3        | {"num_attention_heads": 0}                     | not a number from 1
            llama3        | {"num_attention_heads": 99999999999}           | not a number from 1
            llama3        | {"num_attention_heads": 3}                     | do not fit
            llama3        | {"num_hidden_layers": 3}                       | tensors are missing
            llama3        | {"num_hidden_layers": 1}                       | "model.layers.1.
            llama3        | {"head_dim": 32}                               | by config.json it should be
            nomic-bert    | {"n_inner": 95}                                | by config.json it should be [95, 64]
            llama3        | {"hidden_act": "gelu"}                         | "hidden_act" is "gelu"; supported is silu
            llama3        | {"quantization_config": {"quant_method": "fp8"}} | quantized already
            llama3        | {"rope_scaling": {"rope_type": "longrope"}}    | rope type "longrope"
            llama3        | {"rope_scaling": {"rope_type": "linear"}}      | lacks "factor"
            qwen2         | {"rope_scaling": {"rope_type": "llama3", "factor": 8.0}} | rope type "llama3"
            qwen2-yarn    | {"rope_scaling": {"rope_type": "yarn", "factor": 4.0, "attention_factor": 3.0}} | attention factor
            gemma2        | {"query_pre_attn_scalar": 16}                  | query_pre_attn_scalar must be 32
            gemma2        | {"attn_logit_softcapping": null}               | lacks "attn_logit_softcapping"
            gemma3-period | {"layer_types": ["full_attention", "sliding_attention", "sliding_attention", "full_attention", "full_attention"]} | layer_types
            phi3-long     | {"partial_rotary_factor": 1.0}                 | heads want 8
            bert-mean     | {"position_embedding_type": "relative_key"}    | position_embedding_type
            nomic-bert    | {"activation_function": "gelu"}                | supported is swiglu
            nomic-bert    | {"moe_every_n_layers": 2}                      | moe_every_n_layers
            """)
    void whatIsNotSupportedIsRefusedInWords(String model, String change, String words) throws IOException {
        var files = Sample.of(model).files(folder);
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(files.get("config.json"));
        config.setAll((ObjectNode) JsonMapper.shared().readTree(change));
        Files.write(files.get("config.json"), JsonMapper.shared().writeValueAsBytes(config));
        assertRefused(files, words);
    }

    @Test
    void missingAndDamagedFilesAreNamed() throws IOException {
        var files = Sample.of("llama3").files(folder);
        assertMissing(files, "config.json", "config.json is missing");
        assertMissing(files, "tokenizer.json", "there is no tokenizer");
        assertMissing(
                files,
                "model-00002-of-00003.safetensors",
                "the weight file model-00002-of-00003.safetensors is missing");
        Path shard = files.get("model-00003-of-00003.safetensors");
        byte[] whole = Files.readAllBytes(shard);
        Files.write(shard, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertRefused(files, "model-00003-of-00003.safetensors: tensor");
        Files.write(shard, whole);
        put(files, "model.safetensors.index.json", "{\"weight_map\": {\"x\": \"model-00001-of-00003.safetensors\"}}");
        assertRefused(files, "1 tensors that model.safetensors.index.json names are in no file, the first is \"x\"");
        put(files, "config.json", "{\"architectures\": ");
        assertRefused(files, "config.json cannot be read");
    }

    @Test
    void weightsThatHalfPrecisionCannotHoldAreNotMadeInfinite() throws IOException {
        var files = Sample.of("llama-linear").files(folder);
        float[] numbers = new float[64 * 96];
        numbers[77] = 70_000;
        replace(files, "model.layers.1.mlp.down_proj.weight", "F32", List.of(64L, 96L), floats(numbers));
        assertRefused(files, "holds 70000.0, which 16-bit floats (F16) cannot");
        numbers[77] = 65_504;
        replace(files, "model.layers.1.mlp.down_proj.weight", "F32", List.of(64L, 96L), floats(numbers));
        convert(files);
        assertThat(half("blk.1.ffn_down.weight", 96 * 64)[77]).isEqualTo(65_504);
    }

    @Test
    void weightsOfOtherTypesAndUnknownTensorsAreRefused() throws IOException {
        var files = Sample.of("llama-linear").files(folder);
        replace(files, "model.layers.1.mlp.down_proj.weight", "F8_E4M3", List.of(64L, 96L), new byte[64 * 96]);
        assertRefused(files, "is of type F8_E4M3; weights can be BF16, F16, F32 or F64");
        files = Sample.of("llama-linear").files(folder);
        replace(files, "model.layers.0.self_attn.g_proj.weight", "F16", List.of(1L, 1L), new byte[2]);
        assertRefused(files, "\"model.layers.0.self_attn.g_proj.weight\" is none");
        files = Sample.of("llama-linear").files(folder);
        replace(files, "model.layers.0.self_attn.k_proj.weight", "F32", List.of(63L, 64L), new byte[63 * 64 * 4]);
        assertRefused(files, "has the shape [63, 64]; by config.json it should be [64, 64]");
    }

    @Test
    void aWayToSplitWordsThatIsNotKnownIsRefused() throws IOException {
        var files = Sample.of("llama3").files(folder);
        ObjectNode tokenizer = (ObjectNode) JsonMapper.shared().readTree(files.get("tokenizer.json"));
        tokenizer.set("pre_tokenizer", JsonMapper.shared().readTree("{\"type\": \"Whitespace\"}"));
        Files.write(files.get("tokenizer.json"), JsonMapper.shared().writeValueAsBytes(tokenizer));
        assertRefused(files, "in a way that is not known (Whitespace)");
    }

    @Test
    void mergesThatAreNoSentencePieceModelsAreRefused() throws IOException {
        var files = Sample.of("mistral").files(folder);
        files.remove("tokenizer.model");
        ObjectNode tokenizer = (ObjectNode) JsonMapper.shared().readTree(files.get("tokenizer.json"));
        var merges =
                (tools.jackson.databind.node.ArrayNode) tokenizer.path("model").path("merges");
        merges.remove(merges.size() / 2);
        Files.write(files.get("tokenizer.json"), JsonMapper.shared().writeValueAsBytes(tokenizer));
        assertRefused(files, "not those of a SentencePiece model");
    }

    private void assertMissing(Map<String, Path> files, String name, String words) {
        Path file = files.remove(name);
        assertRefused(files, words);
        files.put(name, file);
    }

    private void assertRefused(Map<String, Path> files, String words) {
        assertThatThrownBy(() -> convert(files))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(words);
        assertThat(out).doesNotExist();
    }

    private Conversion.Result convert(Map<String, Path> files) throws IOException {
        return Conversion.convert(files, out, ConversionProgress.SILENT);
    }

    private void put(Map<String, Path> files, String name, String content) throws IOException {
        Sample.add(files, folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a tensor into a file of its own, in place of the one that the model has. */
    private void replace(Map<String, Path> files, String name, String dtype, List<Long> shape, byte[] bytes)
            throws IOException {
        Path all = files.get("model.safetensors");
        var writer = new SafetensorsWriter();
        try (var channel = java.nio.channels.FileChannel.open(all)) {
            for (var tensor : dev.paddock.modelfile.safetensors.SafetensorsFile.read(all)
                    .tensors()
                    .values()) {
                if (tensor.name().equals(name)) continue;
                var data = ByteBuffer.allocate((int) tensor.size());
                channel.read(data, tensor.offset());
                writer.raw(tensor.name(), tensor.dtype().name(), tensor.shape(), data.array());
            }
        }
        writer.raw(name, dtype, shape, bytes).write(all);
    }

    private static byte[] floats(float[] numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) bytes.putFloat(number);
        return bytes.array();
    }

    /** The numbers of a tensor that was written in half precision. */
    private float[] half(String name, int count) throws IOException {
        GgufFile gguf = GgufFile.read(out);
        var bytes = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = java.nio.channels.FileChannel.open(out)) {
            channel.read(bytes, gguf.dataOffset() + tensor(gguf, name).offset());
        }
        float[] numbers = new float[count];
        bytes.flip();
        for (int i = 0; i < count; i++) numbers[i] = Float.float16ToFloat(bytes.getShort());
        return numbers;
    }

    private static TensorInfo tensor(GgufFile gguf, String name) {
        return gguf.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static GgmlType type(GgufFile gguf, String name) {
        return tensor(gguf, name).type();
    }

    private static List<Long> dims(GgufFile gguf, String name) {
        return tensor(gguf, name).dims();
    }
}
