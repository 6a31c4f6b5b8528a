package dev.paddock.api.prompt;

import java.util.Set;

/**
 * What shows which family a model is of.
 *
 * @param template what it is prompted with
 * @param architecture as in its file, for example {@code qwen3}; empty when that is not known
 * @param controlTokens texts of its vocabulary's control tokens, for example {@code <|im_start|>}
 */
public record ModelSigns(ChatTemplate template, String architecture, Set<String> controlTokens) {
    public ModelSigns {
        controlTokens = Set.copyOf(controlTokens);
    }

    /** All that shows is a template. */
    public static ModelSigns of(ChatTemplate template) {
        return new ModelSigns(template, "", Set.of());
    }
}
