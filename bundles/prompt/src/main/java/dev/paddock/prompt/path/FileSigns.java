package dev.paddock.prompt.path;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a model's file says about how it is prompted. Immutable.
 *
 * @param architecture for example {@code llama}; empty when the file does not say
 * @param name the model's own name for itself, or empty
 * @param controlTokens texts that its tokenizer reads as control tokens
 * @param longestToken characters of the longest token of any kind; 0 when that is not known
 * @param toolTemplate its Jinja template for conversations with tools, where it has one of its own for that
 */
record FileSigns(
        String architecture, String name, Set<String> controlTokens, int longestToken, Optional<String> toolTemplate) {
    private static final int CONTROL = 3;
    private static final int UNKNOWN = 2;
    /** llama.cpp makes such tokens control tokens whatever their declared type. */
    private static final Pattern LOOKS_LIKE_CONTROL = Pattern.compile("<[|｜].+[|｜]>|</?s>|<(start|end)_of_turn>");

    FileSigns {
        controlTokens = Set.copyOf(controlTokens);
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
                text(metadata, "general.name"),
                control,
                longest,
                Optional.of(text(metadata, "tokenizer.chat_template.tool_use")).filter(t -> !t.isEmpty()));
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
