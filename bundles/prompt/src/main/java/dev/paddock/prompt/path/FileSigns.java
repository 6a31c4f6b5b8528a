package dev.paddock.prompt.path;

import dev.paddock.api.prompt.Filling;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model's file says about how it is prompted. Immutable.
 *
 * @param architecture for example {@code llama}; empty when the file does not say
 * @param names the model's own names for itself, in lower case with single spaces; may be empty
 * @param tokenizer its kind as in GGUF: {@code llama} is SentencePiece, {@code gpt2} pairs of bytes
 * @param controlTokens texts that its tokenizer reads as control tokens
 * @param longestToken characters of the longest token of any kind; 0 when that is not known
 * @param gap its tokens that mark a gap to be filled
 * @param toolTemplate its Jinja template for conversations with tools, where it has one of its own for that
 */
record FileSigns(
        String architecture,
        String names,
        String tokenizer,
        Set<String> controlTokens,
        int longestToken,
        Optional<Filling.ByTokens> gap,
        Optional<String> toolTemplate) {
    private static final Pattern BASE = Pattern.compile("\\b(base|pt|pretrained)\\b");
    private static final int LONGEST_NAME = 200;
    private static final int CONTROL = 3;
    private static final int UNKNOWN = 2;
    /** llama.cpp makes such tokens control tokens whatever their declared type. */
    private static final Pattern LOOKS_LIKE_CONTROL = Pattern.compile("<[|｜].+[|｜]>|</?s>|<(start|end)_of_turn>");

    FileSigns {
        controlTokens = Set.copyOf(controlTokens);
    }

    /** Whether all of these are control tokens. */
    boolean has(String... tokens) {
        return controlTokens.containsAll(List.of(tokens));
    }

    /** Whether its architecture is one of these. */
    boolean isOf(String... architectures) {
        return List.of(architectures).contains(architecture);
    }

    /** Whether all of these stand in its names. */
    boolean isCalled(String... parts) {
        return List.of(parts).stream().allMatch(names::contains);
    }

    boolean isSentencePiece() {
        return tokenizer.equals("llama");
    }

    /** Whether its maker says that it was trained on texts only; its vocabulary may have the tokens of a talking one. */
    boolean isBase() {
        return BASE.matcher(names).find();
    }

    /** Reads a GGUF file's key-values. */
    static FileSigns read(Map<String, Object> metadata) {
        Set<String> control = new HashSet<>();
        int longest = 0;
        if (metadata.get("tokenizer.ggml.tokens") instanceof List<?> tokens
                && metadata.get("tokenizer.ggml.token_type") instanceof List<?> types) {
            for (int i = 0; i < Math.min(tokens.size(), types.size()); i++) {
                if (tokens.get(i) instanceof String text && types.get(i) instanceof Number type) {
                    longest = Math.max(longest, text.length());
                    if (isControl(text, type.intValue())) control.add(text);
                }
            }
        }
        return new FileSigns(
                text(metadata, "general.architecture"),
                names(metadata),
                text(metadata, "tokenizer.ggml.model"),
                control,
                longest,
                GapTokens.read(metadata),
                Optional.of(text(metadata, "tokenizer.chat_template.tool_use")).filter(t -> !t.isEmpty()));
    }

    /** Names as people write them: with spaces, hyphens or underscores. */
    private static String names(Map<String, Object> metadata) {
        return Stream.of("general.name", "general.basename", "general.finetune")
                .map(key -> text(metadata, key))
                .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_-]+", " ");
    }

    private static boolean isControl(String text, int type) {
        if (text.isEmpty()) return false;
        return type == CONTROL
                || type == UNKNOWN
                || LOOKS_LIKE_CONTROL.matcher(text).matches();
    }

    private static String text(Map<String, Object> metadata, String key) {
        return metadata.get(key) instanceof String text ? text : "";
    }
}
