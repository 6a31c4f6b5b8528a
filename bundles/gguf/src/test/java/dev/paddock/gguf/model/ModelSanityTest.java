package dev.paddock.gguf.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.MetadataValue;
import dev.paddock.gguf.ValueType;
import dev.paddock.gguf.random.RandomEncoder;
import dev.paddock.gguf.random.TinyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSanityTest {
    @TempDir
    Path dir;

    private String fault(GgufEdit edit) throws IOException {
        Path sound = dir.resolve("sound.gguf");
        TinyModel.sliding(8, 1, sound);
        Path odd = dir.resolve("odd.gguf");
        GgufCopy.write(sound, edit, odd);
        return ModelSanity.fault(GgufFile.read(odd)).orElse("");
    }

    private String with(String key, MetadataValue value) throws IOException {
        return fault(new GgufEdit.Builder().put(key, value).build());
    }

    @Test
    void modelsThatLoadAreInOrder() throws IOException {
        Path file = dir.resolve("m.gguf");
        TinyModel.sliding(8, 1, file);
        assertThat(ModelSanity.fault(GgufFile.read(file))).isEmpty();
        TinyModel.recurrent(1, file);
        assertThat(ModelSanity.fault(GgufFile.read(file))).isEmpty();
        RandomEncoder.write(RandomEncoder.Pooling.CLS, 1, file);
        assertThat(ModelSanity.fault(GgufFile.read(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "block_count, 0, allowed are 1 to 512",
        "block_count, 513, allowed are 1 to 512",
        "context_length, 4294967295, allowed are",
        "embedding_length, 0, allowed are",
        "attention.key_length, 0, allowed are",
        "attention.head_count, 0, number of heads",
        "attention.value_length, 8, they are the same",
        "nextn_predict_layers, 3, than it has blocks",
        "expert_group_count, 2, fits no model",
        "expert_used_count, 2, fits no model",
        "rope.dimension_count, 0, even number",
        "rope.dimension_count, 15, even number",
        "rope.dimension_count, 32, up to the width of a head",
        "rope.dimension_count_swa, 0, even number",
    })
    void numbersOutOfTheirRangeAreNamed(String key, long value, String words) throws IOException {
        assertThat(with("gemma2." + key, MetadataValue.uint32(value)))
                .contains(words)
                .containsAnyOf("gemma2." + key, "heads", "experts", "keys of");
    }

    @Test
    void floatsAreNumbersOfTheirKind() throws IOException {
        String epsilon = "gemma2.attention.layer_norm_rms_epsilon";
        assertThat(with(epsilon, MetadataValue.float32(-1e-5))).contains(epsilon);
        assertThat(with(epsilon, MetadataValue.float32(Double.NaN))).contains("NaN");
        assertThat(with("gemma2.rope.freq_base", MetadataValue.float32(Double.POSITIVE_INFINITY)))
                .contains("Infinity");
        assertThat(with(epsilon, MetadataValue.float32(1e-6))).isEmpty();
    }

    @Test
    void namesOfWaysAreKnownOnes() throws IOException {
        assertThat(with("gemma2.rope.scaling.type", MetadataValue.text("su"))).contains("not known: su");
        assertThat(with("gemma2.rope.scaling.type", MetadataValue.text("yarn"))).isEmpty();
        assertThat(with("gemma2.rope.dimension_sections", MetadataValue.int32s(List.of(0, 0, 0, 0))))
                .contains("nothing but 0");
        assertThat(with("split.count", new MetadataValue.Scalar(ValueType.UINT16, 2)))
                .contains("one part of a split model");
    }

    @Test
    void aWindowHasLayersThatLookThroughIt() throws IOException {
        String pattern = "gemma2.attention.sliding_window_pattern";
        assertThat(with(pattern, MetadataValue.uint32(1))).contains("no layer that looks through it");
        assertThat(with(pattern, new MetadataValue.Array(ValueType.BOOL, List.of(false, false))))
                .contains("no layer");
        assertThat(with(pattern, new MetadataValue.Array(ValueType.BOOL, List.of(true, false))))
                .isEmpty();
        assertThat(with(pattern, MetadataValue.uint32(2))).isEmpty();
    }

    @Test
    void vocabulariesAreWhole() throws IOException {
        assertThat(with("tokenizer.ggml.model", MetadataValue.text("none"))).contains("no vocabulary");
        assertThat(with("tokenizer.ggml.model", MetadataValue.text("llama"))).contains("no token for the byte");
        assertThat(with("tokenizer.ggml.token_type", MetadataValue.int32s(List.of(1))))
                .contains("only 1 values");
        var tokens = new MetadataValue.Array(ValueType.STRING, List.of("a", "[EMPTY_2]", ""));
        assertThat(with("tokenizer.ggml.tokens", tokens)).contains("token 2 of its vocabulary twice");
        List<Integer> bytes = new ArrayList<>(Collections.nCopies(1024, 6));
        assertThat(with("tokenizer.ggml.token_type", MetadataValue.int32s(bytes)))
                .contains("marked as a byte");
        assertThat(with("tokenizer.ggml.scores", floats(1024, Double.NaN))).contains("score is NaN");
    }

    private static MetadataValue floats(int count, double value) {
        return new MetadataValue.Array(ValueType.FLOAT32, Collections.nCopies(count, value));
    }

    @Test
    void tokensThatAreAddedAreThere() throws IOException {
        assertThat(fault(new GgufEdit.Builder()
                        .put("tokenizer.ggml.model", MetadataValue.text("gemma4"))
                        .put("tokenizer.ggml.add_bos_token", new MetadataValue.Scalar(ValueType.BOOL, true))
                        .removeKey("tokenizer.ggml.bos_token_id")
                        .build()))
                .contains("tokenizer.ggml.bos_token_id must name");
    }

    @Test
    void weightsArePackedAsTheyCanBeComputed() throws IOException {
        assertThat(tensorFault("blk.0.attn_norm.weight", GgmlType.F16, 64)).contains("must be F32");
        assertThat(tensorFault("blk.0.ffn_up.bias", GgmlType.Q8_0, 64)).contains("must be F32");
        assertThat(tensorFault("blk.0.ssm_in.weight", GgmlType.I16, 64)).contains("cannot be computed with");
        assertThat(tensorFault("rope_freqs", GgmlType.Q8_0, 64)).contains("one row");
        assertThat(tensorFault("x".repeat(64), GgmlType.F32, 1)).contains("more than 63 bytes");
        assertThat(tensorFault("blk.0.attn_norm.weight", GgmlType.F32, 64)).doesNotContain("attn_norm");
    }

    private String tensorFault(String name, GgmlType type, long elements) throws IOException {
        int bytes = (int) type.bytes(elements);
        Path file = dir.resolve("tensor.gguf");
        new GgufWriter()
                .text("general.architecture", "llama")
                .tensor(name, type, List.of(elements), out -> out.write(ByteBuffer.allocate(bytes)))
                .write(file);
        return ModelSanity.fault(GgufFile.read(file)).orElse("");
    }

    @Test
    void aTableOfCharactersLeadsNowhereElse() {
        // The root's children are at 256 to 511; 'a' ends a text, whose place is in unit 0 of the next block.
        int[] units = new int[768];
        units[0] = 256 << 10;
        units[256 ^ 'a'] = 'a' | 1 << 8 | (256 ^ 'a' ^ 512) << 10;
        units[512] = 1 << 31 | 2;
        assertThat(CharacterMap.sound(map(units, "x\0A\0"))).isTrue();
        assertThat(CharacterMap.sound(map(units, "x\0A")))
                .as("the last text does not end")
                .isFalse();
        assertThat(CharacterMap.sound(map(units, "\0")))
                .as("the text is not there")
                .isFalse();
        units[256 ^ 'b'] = 'b' | (256 ^ 'b' ^ 4096) << 10;
        assertThat(CharacterMap.sound(map(units, "x\0A\0")))
                .as("children outside")
                .isFalse();
        assertThat(CharacterMap.sound(new byte[] {1})).isFalse();
        assertThat(CharacterMap.sound(new byte[] {100, 0, 0, 0, 1})).isFalse();
    }

    private static byte[] map(int[] units, String texts) {
        var out = ByteBuffer.allocate(4 + 4 * units.length + texts.length()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(4 * units.length);
        for (int unit : units) out.putInt(unit);
        for (char c : texts.toCharArray()) out.put((byte) c);
        return out.array();
    }
}
