package dev.paddock.api.prompt;

/**
 * How a model is prompted and its answers are read, and why so.
 *
 * @param signs the model's, with the template that is used
 * @param origin where the template is from
 * @param why the reason in words, for people
 * @param format reads the answers
 */
public record PromptPath(ModelSigns signs, Origin origin, String why, ChatFormat format) {
    /** Where a template is from. */
    public enum Origin {
        /** The request brought it. */
        REQUEST,
        /** The model's own Modelfile or registry layer (Go). */
        MODELFILE,
        /** The GGUF file (Jinja). */
        GGUF,
        /** The model has none; that of its family, known by its control tokens. */
        FAMILY,
        /** Nothing is known: the texts with the speakers' names. */
        PLAIN
    }

    /** The template that is used. */
    public ChatTemplate template() {
        return signs.template();
    }
}
