package dev.paddock.api.model;

/** What a model can do, in Ollama's words when lower-cased. */
public enum Capability {
    COMPLETION,
    TOOLS,
    THINKING,
    INSERT,
    EMBEDDING,
    VISION,
    AUDIO
}
