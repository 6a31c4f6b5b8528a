package dev.paddock.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of the tokens that mark a gap to be filled, as models for code have them.
 *
 * @param prefix goes before the text before the gap
 * @param suffix goes before the text behind it
 * @param middle goes last; the model's text follows
 */
record FillTokens(String prefix, String suffix, String middle) {
    private static final String IDS = "tokenizer.ggml.";
    /** By family, for files that do not name them: Qwen and CodeGemma, StarCoder, Refact, CodeLlama, DeepSeek. */
    private static final List<FillTokens> KNOWN = List.of(
            new FillTokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
            new FillTokens("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
            new FillTokens("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
            new FillTokens("\u2581<PRE>", "\u2581<SUF>", "\u2581<MID>"),
            new FillTokens("<PRE>", "<SUF>", "<MID>"),
            new FillTokens(
                    "<\uff5cfim\u2581begin\uff5c>", "<\uff5cfim\u2581hole\uff5c>", "<\uff5cfim\u2581end\uff5c>"));

    /** Reads a GGUF file's key-values; empty when the model has no such tokens. */
    static Optional<FillTokens> read(Map<String, Object> metadata) {
        if (!(metadata.get("tokenizer.ggml.tokens") instanceof List<?> tokens)) return Optional.empty();
        return named(metadata, tokens, "fim_pre", "fim_suf", "fim_mid")
                .or(() -> named(metadata, tokens, "prefix", "suffix", "middle"))
                .or(() -> KNOWN.stream().filter(known -> known.allIn(tokens)).findFirst());
    }

    private static Optional<FillTokens> named(
            Map<String, Object> metadata, List<?> tokens, String prefix, String suffix, String middle) {
        String first = text(metadata, tokens, prefix);
        String second = text(metadata, tokens, suffix);
        String third = text(metadata, tokens, middle);
        boolean all = !first.isEmpty() && !second.isEmpty() && !third.isEmpty();
        return all ? Optional.of(new FillTokens(first, second, third)) : Optional.empty();
    }

    private static String text(Map<String, Object> metadata, List<?> tokens, String name) {
        if (!(metadata.get(IDS + name + "_token_id") instanceof Number id)) return "";
        long index = id.longValue();
        boolean there = index >= 0 && index < tokens.size();
        return there && tokens.get((int) index) instanceof String text ? text : "";
    }

    private boolean allIn(List<?> tokens) {
        return tokens.contains(prefix) && tokens.contains(suffix) && tokens.contains(middle);
    }
}
