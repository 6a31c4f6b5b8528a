package dev.paddock.api.prompt;

import java.util.List;

/**
 * Whether and which tools a model may or must call.
 *
 * @param mode what is wanted
 * @param names of the tools that may be called; empty = all on offer
 * @param several whether one answer may hold several calls
 * @param strict whether the arguments are held to the tools' schemas while they are written; always so when a call is
 *     required
 */
public record ToolChoice(Mode mode, List<String> names, boolean several, boolean strict) {
    /** The model decides, nothing is forced. */
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, List.of(), true, false);
    /** Tools are not offered. */
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, List.of(), true, false);

    /** What is wanted. */
    public enum Mode {
        /** The model decides. */
        AUTO,
        /** No call. */
        NONE,
        /** At least one call. */
        REQUIRED
    }

    public ToolChoice {
        names = List.copyOf(names);
    }
}
