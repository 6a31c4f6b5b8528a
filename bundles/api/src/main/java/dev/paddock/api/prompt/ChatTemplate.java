package dev.paddock.api.prompt;

/**
 * A model's chat template.
 *
 * @param language what it is written in
 * @param text its source
 */
public record ChatTemplate(Language language, String text) {
    /** Template languages. */
    public enum Language {
        /** Jinja as in a GGUF's {@code tokenizer.chat_template}. */
        JINJA,
        /** Go text/template as in an Ollama model's template layer. */
        GO
    }
}
