package dev.paddock.prompt.path;

import dev.paddock.api.prompt.Filling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the tokens that mark a gap to be filled, as models for code have them. Pure functions. */
final class GapTokens {
    private static final String IDS = "tokenizer.ggml.";

    /**
     * By family, for files that do not name them: Qwen, CodeGemma and Granite; StarCoder; Refact; CodeLlama; DeepSeek;
     * GLM; Seed; Codestral. The last two want the text behind the gap first.
     */
    private static final List<Filling.ByTokens> KNOWN = List.of(
            tokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
            tokens("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
            tokens("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
            tokens("\u2581<PRE>", "\u2581<SUF>", "\u2581<MID>"),
            tokens("<PRE>", "<SUF>", "<MID>"),
            tokens("<\uff5cfim\u2581begin\uff5c>", "<\uff5cfim\u2581hole\uff5c>", "<\uff5cfim\u2581end\uff5c>"),
            tokens("<|code_prefix|>", "<|code_suffix|>", "<|code_middle|>"),
            new Filling.ByTokens("<[fim-prefix]>", "<[fim-suffix]>", "<[fim-middle]>", true),
            new Filling.ByTokens("[PREFIX]", "[SUFFIX]", "", true));

    private static final Set<String> TEXTS =
            KNOWN.stream().flatMap(GapTokens::texts).collect(Collectors.toUnmodifiableSet());

    private GapTokens() {}

    private static Filling.ByTokens tokens(String prefix, String suffix, String middle) {
        return new Filling.ByTokens(prefix, suffix, middle, false);
    }

    private static Stream<String> texts(Filling.ByTokens tokens) {
        return Stream.of(tokens.prefix(), tokens.suffix(), tokens.middle()).filter(text -> !text.isEmpty());
    }

    /** Reads a GGUF file's key-values; empty when the model has no such tokens. */
    static Optional<Filling.ByTokens> read(Map<String, Object> metadata) {
        if (!(metadata.get(IDS + "tokens") instanceof List<?> tokens)) return Optional.empty();
        return named(metadata, tokens, List.of("fim_pre", "fim_suf", "fim_mid"))
                .or(() -> named(metadata, tokens, List.of("prefix", "suffix", "middle")))
                .or(() -> known(tokens));
    }

    private static Optional<Filling.ByTokens> known(List<?> tokens) {
        Set<?> there = tokens.stream()
                .filter(token -> token instanceof String text && TEXTS.contains(text))
                .collect(Collectors.toSet());
        return KNOWN.stream()
                .filter(family -> texts(family).allMatch(there::contains))
                .findFirst();
    }

    /** @param keys of prefix, suffix and middle */
    private static Optional<Filling.ByTokens> named(Map<String, Object> metadata, List<?> tokens, List<String> keys) {
        var texts = keys.stream().map(key -> text(metadata, tokens, key)).toList();
        if (texts.contains("")) return Optional.empty();
        String prefix = texts.getFirst();
        boolean suffixFirst = KNOWN.stream()
                .anyMatch(family -> family.suffixFirst() && family.prefix().equals(prefix));
        return Optional.of(new Filling.ByTokens(prefix, texts.get(1), texts.getLast(), suffixFirst));
    }

    private static String text(Map<String, Object> metadata, List<?> tokens, String name) {
        if (!(metadata.get(IDS + name + "_token_id") instanceof Number id)) return "";
        long index = id.longValue();
        boolean there = index >= 0 && index < tokens.size();
        return there && tokens.get((int) index) instanceof String text ? text : "";
    }
}
