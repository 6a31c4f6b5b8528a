package dev.paddock.api.prompt;

import java.util.List;

/**
 * How a model is prompted and its answers are read, and why so.
 *
 * @param signs the model's, with the template that is used
 * @param origin where the template is from
 * @param why the reason in words, for people
 * @param format reads the answers
 * @param stops what ends an answer in a conversation where no token of the model does: the next speaker's name
 */
public record PromptPath(ModelSigns signs, Origin origin, String why, ChatFormat format, List<String> stops) {
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

    public PromptPath {
        stops = List.copyOf(stops);
    }

    /** A path of a model that ends its answers by itself. */
    public PromptPath(ModelSigns signs, Origin origin, String why, ChatFormat format) {
        this(signs, origin, why, format, List.of());
    }

    /** The template that is used. */
    public ChatTemplate template() {
        return signs.template();
    }

    /** Whether the template has a place for tools; a format may write them into the messages where it has none. */
    public boolean placesTools() {
        String place =
                switch (template().language()) {
                    case GO -> ".Tools";
                    case JINJA -> "tools";
                };
        return template().text().contains(place);
    }
}
