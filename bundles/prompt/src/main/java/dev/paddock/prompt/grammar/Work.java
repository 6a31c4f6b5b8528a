package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.TooComplexException;

/** What reading one document may cost, in steps of about a microsecond: schemas come from strangers. */
final class Work {
    private static final long MOST = 1_000_000;
    private static final int IN_VAIN = 150_000;

    private final SchemaDocument document;
    private long spent;

    Work(SchemaDocument document) {
        this.document = document;
    }

    /** Counts steps; too many are an error. */
    void spend(long steps) {
        spent += steps;
        if (spent > MOST) {
            throw document.complaints()
                    .tooLarge(document.root(), "takes too long to read: its parts multiply; make it simpler");
        }
    }

    /** Counts what was done for something that then was too complex. */
    void spendInVain() {
        spend(IN_VAIN);
    }

    /**
     * The texts that two automata accept.
     *
     * @throws TooComplexException when it would be too large
     */
    Automaton both(Automaton one, Automaton other) {
        spend(Math.min(IN_VAIN, (long) one.states() * other.states()));
        return one.and(other);
    }
}
