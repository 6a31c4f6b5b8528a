package dev.paddock.api.prompt;

/**
 * A piece of a model's answer. A call is one {@link CallBegun}, any number of {@link CallArguments} and then either a
 * {@link Call} or a {@link CallBroken}; pieces of two calls never mix.
 */
public sealed interface OutputPiece {
    /** Text for the user; never empty. */
    record Content(String text) implements OutputPiece {}

    /** Reasoning; never empty. */
    record Thinking(String text) implements OutputPiece {}

    /**
     * A call of a tool on offer begins.
     *
     * @param index of the call in this answer, from 0
     * @param id unique in the answer, for example {@code call_x7f3k2m9}
     * @param name the tool's name
     */
    record CallBegun(int index, String id, String name) implements OutputPiece {}

    /**
     * More of a call's arguments. Joined they are one JSON object, equal to the arguments of the {@link Call} that
     * follows.
     *
     * @param json JSON text; never empty
     */
    record CallArguments(int index, String json) implements OutputPiece {}

    /** A call is complete. */
    record Call(int index, ToolCall call) implements OutputPiece {}

    /**
     * A call that began came to nothing: the answer was cut off in it, or it is not what a call must be.
     *
     * @param text all that the model wrote of it, marks included: nothing of it is lost
     */
    record CallBroken(int index, String text) implements OutputPiece {}
}
