package dev.paddock.api.prompt;

/** The roles that chat APIs know. A template sees the name in lower case. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
