package dev.paddock.runner.cache;

/**
 * Where a model's sequences can be cut.
 *
 * @param kind the rule
 * @param window tokens that a cut must leave before it, with {@link Kind#WINDOW}
 */
public record Rewind(Kind kind, int window) {
    /** The rules. */
    public enum Kind {
        /** At any position: plain attention. */
        ANYWHERE,
        /** Where the window before the cut is still there: sliding windows with a cache of only their size. */
        WINDOW,
        /** Nowhere; a state serves as a whole or not at all: recurrent and hybrid models. */
        CHECKPOINTS
    }

    /** At any position. */
    public static final Rewind ANYWHERE = new Rewind(Kind.ANYWHERE, 0);

    /** Nowhere. */
    public static final Rewind CHECKPOINTS = new Rewind(Kind.CHECKPOINTS, 0);

    public Rewind {
        if (window < 0) throw new IllegalArgumentException("window " + window);
    }

    /** @param tokens length of the sliding window */
    public static Rewind window(int tokens) {
        return new Rewind(Kind.WINDOW, tokens);
    }

    /** Whether what holds that many tokens, the first one still there at this position, can be cut there. */
    boolean allows(int held, int firstPosition, int at) {
        if (at == held || kind == Kind.ANYWHERE) return true;
        return kind == Kind.WINDOW && firstPosition <= Math.max(0, at - window);
    }
}
