package dev.paddock.api.prompt;

/** A piece of a model's answer. */
public sealed interface OutputPiece {
    /** Text for the user; never empty. */
    record Content(String text) implements OutputPiece {}

    /** Reasoning; never empty. */
    record Thinking(String text) implements OutputPiece {}

    /** A complete tool call. */
    record Call(ToolCall call) implements OutputPiece {}
}
