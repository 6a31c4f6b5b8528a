package dev.paddock.prompt.grammar.regular;

/** An automaton would have more states, or take more work, than is allowed; the message says of what. */
public final class TooComplexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooComplexException(String message) {
        super(message, null, false, false);
    }
}
