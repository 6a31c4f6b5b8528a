package dev.paddock.itest.conformance;

/** A way to ask for an answer: a row of {@code docs/conformance.md}. */
public enum Api {
    OLLAMA_CHAT("/api/chat"),
    OLLAMA_GENERATE("/api/generate"),
    OLLAMA_EMBED("/api/embed"),
    OPENAI_CHAT("/v1/chat/completions"),
    OPENAI_COMPLETIONS("/v1/completions"),
    OPENAI_RESPONSES("/v1/responses"),
    OPENAI_EMBEDDINGS("/v1/embeddings"),
    ANTHROPIC_MESSAGES("/v1/messages"),
    GEMINI_GENERATE("/v1beta/models/{model}:generateContent"),
    GEMINI_EMBED("/v1beta/models/{model}:embedContent");

    /** The path, as its documentation writes it. */
    public final String path;

    Api(String path) {
        this.path = path;
    }
}
