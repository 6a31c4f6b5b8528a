package dev.paddock.prompt.grammar.regular;

/** A pattern that cannot be read, or asks for more than a finite automaton can; the message says what and where. */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message, null, false, false);
    }
}
