package dev.paddock.prompt.adapt;

/**
 * How a template wants tool calls.
 *
 * @param textArguments arguments as JSON text, not as an object
 * @param noContent what stands for the content of a message that is only calls
 * @param shortIds ids of nine letters and digits; others are refused
 * @param single one call in a message: it refuses several, or drops some
 * @param apart content and calls in messages of their own: of both in one it would drop one
 */
public record CallForm(boolean textArguments, NoContent noContent, boolean shortIds, boolean single, boolean apart) {
    /** As most want them. */
    static final CallForm USUAL = new CallForm(false, NoContent.EMPTY, false, false, false);

    /** What stands for content that is not there. */
    public enum NoContent {
        /** An empty text. */
        EMPTY,
        /** null. */
        NULL,
        /** Nothing, not even the name. */
        ABSENT
    }

    CallForm withShortIds() {
        return new CallForm(textArguments, noContent, true, single, apart);
    }

    CallForm withSingle() {
        return new CallForm(textArguments, noContent, shortIds, true, apart);
    }

    CallForm withContentApart() {
        return new CallForm(textArguments, noContent, shortIds, single, true);
    }
}
