package dev.paddock.api.prompt;

import java.util.Set;

/**
 * What shows which family a model is of.
 *
 * @param template what it is prompted with
 * @param architecture as in its file, for example {@code qwen3}; empty when that is not known
 * @param controlTokens texts of its vocabulary's control tokens, for example {@code <|im_start|>}
 * @param longestToken characters of its vocabulary's longest token of any kind; 0 when that is not known
 */
public record ModelSigns(ChatTemplate template, String architecture, Set<String> controlTokens, int longestToken) {
    public ModelSigns {
        controlTokens = Set.copyOf(controlTokens);
    }

    /** Signs without the size of tokens, which no format looks at. */
    public ModelSigns(ChatTemplate template, String architecture, Set<String> controlTokens) {
        this(template, architecture, controlTokens, 0);
    }

    /** All that shows is a template. */
    public static ModelSigns of(ChatTemplate template) {
        return new ModelSigns(template, "", Set.of());
    }
}
