package dev.paddock.prompt.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Filling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GapTokensTest {
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final List<String> QWEN = List.of("a", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>");

    @Test
    void aFileMayNameItsTokens() {
        var tokens = List.of("a", "PRE", "SUF", "MID");
        var expected = new Filling.ByTokens("PRE", "SUF", "MID", false);
        assertThat(GapTokens.read(Map.of(
                        TOKENS,
                        tokens,
                        "tokenizer.ggml.fim_pre_token_id",
                        1L,
                        "tokenizer.ggml.fim_suf_token_id",
                        2L,
                        "tokenizer.ggml.fim_mid_token_id",
                        3L)))
                .contains(expected);
        assertThat(GapTokens.read(Map.of(
                        TOKENS,
                        tokens,
                        "tokenizer.ggml.prefix_token_id",
                        1,
                        "tokenizer.ggml.suffix_token_id",
                        2,
                        "tokenizer.ggml.middle_token_id",
                        3)))
                .contains(expected);
    }

    @Test
    void elseTheyAreKnownByTheirTexts() {
        assertThat(GapTokens.read(Map.of(TOKENS, QWEN)))
                .contains(new Filling.ByTokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", false));
        assertThat(GapTokens.read(Map.of(TOKENS, QWEN, "tokenizer.ggml.fim_pre_token_id", 99L)))
                .as("an id beyond the vocabulary names nothing")
                .isPresent();
    }

    @Test
    void someWantWhatStandsBehindTheGapFirst() {
        var codestral = List.of("<s>", "[PREFIX]", "[MIDDLE]", "[SUFFIX]");
        assertThat(GapTokens.read(Map.of(TOKENS, codestral)))
                .contains(new Filling.ByTokens("[PREFIX]", "[SUFFIX]", "", true));
        assertThat(GapTokens.read(Map.of(
                        TOKENS,
                        List.of("<[fim-suffix]>", "<[fim-prefix]>", "<[fim-middle]>"),
                        "tokenizer.ggml.fim_pre_token_id",
                        1,
                        "tokenizer.ggml.fim_suf_token_id",
                        0,
                        "tokenizer.ggml.fim_mid_token_id",
                        2)))
                .contains(new Filling.ByTokens("<[fim-prefix]>", "<[fim-suffix]>", "<[fim-middle]>", true));
    }

    @Test
    void mostModelsHaveNone() {
        assertThat(GapTokens.read(Map.of(TOKENS, List.of("a", "<|fim_prefix|>"))))
                .isEmpty();
        assertThat(GapTokens.read(Map.of())).isEmpty();
    }
}
