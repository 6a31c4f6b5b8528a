package dev.paddock.gguf.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyLayoutTest {
    @TempDir
    Path dir;

    private static GgufWriter of(String architecture) {
        return new GgufWriter().text("general.architecture", architecture);
    }

    private static GgufWriter with(GgufWriter out, String tensor, Long... dims) {
        List<Long> shape = List.of(dims);
        int bytes = (int) (long) shape.stream().reduce(1L, (a, b) -> a * b);
        return out.tensor(tensor, GgmlType.I8, shape, channel -> channel.write(ByteBuffer.allocate(bytes)));
    }

    private GgufFile file(GgufWriter out) throws IOException {
        out.write(dir.resolve("old.gguf"));
        return GgufFile.read(dir.resolve("old.gguf"));
    }

    private LegacyLayout layout(GgufWriter out) throws IOException {
        return LegacyLayout.of(file(out)).orElseThrow();
    }

    private GgufFile rewritten(GgufWriter out, String name) throws IOException {
        LegacyLayout layout = layout(out);
        assertThat(layout.name()).isEqualTo(name);
        Path fresh = dir.resolve("new.gguf");
        GgufCopy.write(dir.resolve("old.gguf"), layout.edit().orElseThrow(), fresh);
        GgufFile file = GgufFile.read(fresh);
        assertThat(LegacyLayout.of(file)).as("once is enough").isEmpty();
        return file;
    }

    private static List<String> names(GgufFile file) {
        return file.tensors().stream().map(tensor -> tensor.name()).toList();
    }

    @Test
    void filesOfLlamaCppsOwnConverterAreInNoOldLayout() throws IOException {
        assertThat(LegacyLayout.of(file(of("llama").uint32("llama.block_count", 1))))
                .isEmpty();
        var gemma3 = of("gemma3")
                .float32("gemma3.attention.layer_norm_rms_epsilon", 1e-6)
                .uint32("gemma3.context_length", 131_072);
        assertThat(LegacyLayout.of(file(with(gemma3, "token_embd.weight", 4L, 8L))))
                .isEmpty();
        for (String architecture :
                List.of("gemma4", "qwen35", "qwen3next", "lfm2", "mistral3", "laguna", "gpt-oss", "bert")) {
            assertThat(LegacyLayout.of(file(of(architecture)))).as(architecture).isEmpty();
        }
    }

    @Test
    void gemma3GetsItsNumbersAndLosesItsEyes() throws IOException {
        var old = of("gemma3")
                .uint32("gemma3.context_length", 131_072)
                .float32("gemma3.rope.global.freq_base", 2_000_000)
                .array("tokenizer.ggml.tokens", ValueType.STRING, List.of("a", "b", "<image>"))
                .array("tokenizer.ggml.token_type", ValueType.INT32, List.of(1, 1, 4));
        with(with(with(old, "token_embd.weight", 4L, 2L), "v.patch.weight", 2L), "mm.x.weight", 2L);
        LegacyLayout layout = layout(old);
        assertThat(layout.refused()).isTrue();
        assertThat(layout.leftOut()).contains("encoder of images");
        assertThat(layout.advice()).contains("gemma3").contains("create the model again");
        GgufFile fresh = rewritten(old, "gemma3");
        assertThat(fresh.metadata())
                .containsEntry("gemma3.rope.freq_base", 2_000_000.0)
                .containsEntry("gemma3.rope.freq_base_swa", 10_000.0)
                .containsEntry("gemma3.rope.scaling.factor", 8.0)
                .containsEntry("tokenizer.ggml.tokens", List.of("a", "b"))
                .containsEntry("tokenizer.ggml.token_type", List.of(1L, 1L))
                .containsKey("gemma3.attention.layer_norm_rms_epsilon");
        assertThat(names(fresh)).containsExactly("token_embd.weight");
    }

    @Test
    void gptossGetsTheNameAndTheTensorsOfGptOss() throws IOException {
        var old = of("gptoss").uint32("gptoss.block_count", 1).text("tokenizer.ggml.pre", "default");
        with(
                with(
                        with(with(old, "blk.0.ffn_gate_exps.weight", 4L, 6L, 2L), "blk.0.attn_sinks", 2L),
                        "blk.0.attn_out.weight",
                        2L),
                "blk.0.ffn_norm.weight",
                2L);
        GgufFile fresh = rewritten(old, "gptoss");
        assertThat(fresh.architecture()).isEqualTo("gpt-oss");
        assertThat(fresh.metadata())
                .containsEntry("gpt-oss.block_count", 1L)
                .containsEntry("gpt-oss.expert_feed_forward_length", 6L)
                .containsEntry("gpt-oss.rope.scaling.type", "yarn")
                .containsEntry("tokenizer.ggml.pre", "gpt-4o");
        assertThat(names(fresh))
                .containsExactly(
                        "blk.0.ffn_gate_exps.weight",
                        "blk.0.attn_sinks.weight",
                        "blk.0.attn_output.weight",
                        "blk.0.post_attention_norm.weight");
    }

    @Test
    void layoutsWhoseWeightsDifferAreNamedAndNotTouched() throws IOException {
        for (String architecture : List.of("glmocr", "mllama", "gptoss", "glm4moelite")) {
            LegacyLayout layout = layout(of(architecture));
            assertThat(layout.edit()).as(architecture).isEmpty();
            assertThat(layout.advice()).contains(architecture).contains("converter");
        }
        var cut = with(with(of("gemma3n"), "token_embd.weight", 4L, 9L), "per_layer_token_embd.weight", 4L, 8L);
        assertThat(layout(cut).edit()).isEmpty();
    }

    @Test
    void embeddingModelsBecomeTheirOwnArchitecture() throws IOException {
        var gemma = of("gemma3").uint32("gemma3.block_count", 2).bool("gemma3.attention.causal", false);
        with(with(with(gemma, "dense.0.weight", 4L, 6L), "dense.1.weight", 6L, 4L), "norm.weight", 4L);
        GgufFile fresh = rewritten(gemma, "embeddinggemma");
        assertThat(fresh.metadata())
                .containsEntry("general.architecture", "gemma-embedding")
                .containsEntry("gemma-embedding.dense_2_feat_out", 6L)
                .containsEntry("gemma-embedding.dense_3_feat_in", 6L)
                .doesNotContainKey("gemma-embedding.attention.causal");
        assertThat(names(fresh)).containsExactly("dense_2.weight", "dense_3.weight", "output_norm.weight");
    }

    @Test
    void snowflakesTableOfCharactersBecomesBytes() throws IOException {
        byte[] table = {0, 1, (byte) 200, 4, 5};
        List<String> letters =
                Arrays.asList(Base64.getEncoder().encodeToString(table).split(""));
        var old = of("bert")
                .text("tokenizer.ggml.model", "t5")
                .array("tokenizer.ggml.precompiled_charsmap", ValueType.STRING, letters);
        GgufFile fresh = rewritten(old, "snowflake-arctic-embed2");
        assertThat(fresh.metadata())
                .containsEntry("tokenizer.ggml.precompiled_charsmap", List.of(0L, 1L, 200L, 4L, 5L));
    }

    @Test
    void hybridsGetOneNumberOfHeadsAndTheirBiases() throws IOException {
        var old = of("qwen35")
                .array("qwen35.attention.head_count_kv", ValueType.UINT32, List.of(0, 2, 0))
                .array("qwen35.rope.dimension_sections", ValueType.INT32, List.of(11, 11, 10));
        with(with(with(old, "blk.0.ssm_dt", 2L), "mtp.fc.weight", 2L), "v.x.weight", 2L);
        GgufFile fresh = rewritten(old, "qwen35");
        assertThat(fresh.metadata())
                .containsEntry("qwen35.attention.head_count_kv", 2L)
                .containsEntry("qwen35.rope.dimension_sections", List.of(11L, 11L, 10L, 0L));
        assertThat(names(fresh)).containsExactly("blk.0.ssm_dt.bias");
    }

    @Test
    void attentionByHeadBecomesAttentionOfAllHeads() throws IOException {
        var old = of("glm4moelite")
                .uint32("glm4moelite.attention.kv_lora_rank", 512)
                .uint32("glm4moelite.rope.dimension_count", 64)
                .uint32("glm4moelite.attention.key_length", 256)
                .uint32("glm4moelite.attention.head_count_kv", 20)
                .array("tokenizer.ggml.eos_token_ids", ValueType.INT32, List.of(1, 2, 3));
        assertThat(rewritten(old, "glm4moelite").metadata())
                .containsEntry("general.architecture", "deepseek2")
                .containsEntry("deepseek2.attention.key_length", 576L)
                .containsEntry("deepseek2.attention.value_length", 512L)
                .containsEntry("deepseek2.attention.key_length_mla", 256L)
                .containsEntry("deepseek2.attention.head_count_kv", 1L)
                .containsEntry("tokenizer.ggml.eot_token_id", 2L)
                .containsEntry("tokenizer.ggml.eom_token_id", 3L);
    }

    @Test
    void renamesOfNormsScalesAndGatesAreDone() throws IOException {
        assertThat(names(rewritten(
                        with(with(of("lfm2"), "output_norm.weight", 2L), "blk.0.ffn_gate.weight", 2L, 8L), "lfm2")))
                .contains("token_embd_norm.weight");
        assertThat(names(rewritten(with(of("laguna"), "blk.0.attn_g.weight", 2L), "laguna")))
                .containsExactly("blk.0.attn_gate.weight");
        assertThat(rewritten(of("olmo3").uint32("olmo3.block_count", 4), "olmo3")
                        .metadata())
                .containsEntry("general.architecture", "olmo2")
                .containsEntry("olmo2.block_count", 4L);
        assertThat(rewritten(of("mistral3").float32("mistral3.rope.scaling.beta_fast", 32), "mistral3")
                        .metadata())
                .containsEntry("mistral3.rope.scaling.yarn_beta_fast", 32.0)
                .containsEntry("tokenizer.ggml.pre", "tekken");
        var omni = of("nemotron_h_omni").uint32("nemotron_h_omni.expert_count", 8);
        with(with(omni, "blk.1.ffn_latent_in.weight", 4L, 3L), "a.x.weight", 2L);
        GgufFile fresh = rewritten(omni, "nemotron_h_omni");
        assertThat(names(fresh)).containsExactly("blk.1.ffn_latent_down.weight");
        assertThat(fresh.metadata()).containsEntry("nemotron_h_moe.moe_latent_size", 3L);
    }

    @Test
    void modelsThatSeeGetTheirSections() throws IOException {
        var old = of("qwen25vl").array("qwen25vl.rope.mrope_section", ValueType.INT32, List.of(16, 24, 24));
        assertThat(rewritten(with(old, "v.x.weight", 2L), "qwen25vl").metadata())
                .containsEntry("qwen2vl.rope.dimension_sections", List.of(16L, 24L, 24L, 0L));
        var third = of("qwen3vl")
                .uint32("qwen3vl.attention.key_length", 128)
                .array("qwen3vl.vision.deepstack_visual_indexes", ValueType.INT32, List.of(5, 11, 17));
        assertThat(rewritten(third, "qwen3vl").metadata())
                .containsEntry("qwen3vl.rope.dimension_sections", List.of(24L, 20L, 20L, 0L))
                .containsEntry("qwen3vl.n_deepstack_layers", 3L);
        assertThat(layout(of("qwen3vl").uint32("qwen3vl.attention.key_length", 64))
                        .edit())
                .isEmpty();
    }

    @Test
    void llama3LoadsAsItIsButEndsItsTurnsOnlyWhenRewritten() throws IOException {
        List<String> tokens = new ArrayList<>(Collections.nCopies(128_256, ""));
        tokens.set(128_006, "<|start_header_id|>");
        tokens.set(128_009, "<|eot_id|>");
        var old = of("llama")
                .uint32("tokenizer.ggml.eos_token_id", 128_001)
                .array("tokenizer.ggml.tokens", ValueType.STRING, tokens);
        assertThat(layout(old).refused()).isFalse();
        assertThat(rewritten(old, "llama 3 tokenizer").metadata())
                .containsEntry("tokenizer.ggml.eos_token_id", 128_009L)
                .containsEntry("tokenizer.ggml.pre", "llama-bpe");
    }

    @Test
    void projectorsWithoutKindGetTheOneThatThereWas() throws IOException {
        var old = with(of("clip").bool("clip.has_vision_encoder", true), "mm.0.weight", 2L);
        assertThat(rewritten(old, "clip").text("clip.projector_type")).contains("mlp");
    }

    @Test
    void aTableThatIsNoBase64IsNotTouched() throws IOException {
        var old = of("bert")
                .text("tokenizer.ggml.model", "t5")
                .array(
                        "tokenizer.ggml.precompiled_charsmap",
                        ValueType.STRING,
                        List.of("?", new String(new byte[] {7}, StandardCharsets.US_ASCII)));
        assertThat(layout(old).edit()).isEmpty();
    }
}
