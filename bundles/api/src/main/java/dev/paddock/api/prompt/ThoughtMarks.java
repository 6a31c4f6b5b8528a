package dev.paddock.api.prompt;

/**
 * How a family writes its thoughts.
 *
 * @param open what begins them, for example {@code <think>}
 * @param close what ends them, for example {@code </think>}
 * @param cut what is written for a model whose thoughts are ended for it: {@code close}, and what leads to the answer
 */
public record ThoughtMarks(String open, String close, String cut) {
    /** Nothing but the tags. */
    public ThoughtMarks(String open, String close) {
        this(open, close, "\n" + close + "\n\n");
    }
}
