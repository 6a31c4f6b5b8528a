package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FillTokensTest {
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final List<String> QWEN = List.of("a", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>");

    @Test
    void aFileMayNameItsTokens() {
        var tokens = List.of("a", "PRE", "SUF", "MID");
        var expected = new FillTokens("PRE", "SUF", "MID");
        assertThat(FillTokens.read(Map.of(
                        TOKENS,
                        tokens,
                        "tokenizer.ggml.fim_pre_token_id",
                        1L,
                        "tokenizer.ggml.fim_suf_token_id",
                        2L,
                        "tokenizer.ggml.fim_mid_token_id",
                        3L)))
                .contains(expected);
        assertThat(FillTokens.read(Map.of(
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
        assertThat(FillTokens.read(Map.of(TOKENS, QWEN)))
                .contains(new FillTokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"));
        assertThat(FillTokens.read(Map.of(TOKENS, QWEN, "tokenizer.ggml.fim_pre_token_id", 99L)))
                .as("an id beyond the vocabulary names nothing")
                .isPresent();
    }

    @Test
    void mostModelsHaveNone() {
        assertThat(FillTokens.read(Map.of(TOKENS, List.of("a", "<|fim_prefix|>"))))
                .isEmpty();
        assertThat(FillTokens.read(Map.of())).isEmpty();
    }
}
