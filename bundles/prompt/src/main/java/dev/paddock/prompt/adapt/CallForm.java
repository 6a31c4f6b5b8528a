package dev.paddock.prompt.adapt;

/**
 * How a template wants tool calls.
 *
 * @param textArguments arguments as JSON text, not as an object
 * @param noContent what stands for the content of a message that is only calls
 * @param shortIds ids of nine letters and digits; others are refused
 */
public record CallForm(boolean textArguments, NoContent noContent, boolean shortIds) {
    /** As most want them. */
    static final CallForm USUAL = new CallForm(false, NoContent.EMPTY, false);

    /** What stands for content that is not there. */
    public enum NoContent {
        /** An empty text. */
        EMPTY,
        /** null. */
        NULL,
        /** Nothing, not even the name. */
        ABSENT
    }
}
