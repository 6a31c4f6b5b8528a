package dev.paddock.itest.conformance;

import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * What became of a test.
 *
 * @param reason why it did not pass; empty when it did
 */
record Outcome(Kind kind, String reason) {
    /** From best to worst. */
    enum Kind {
        PASSED("✓"),
        /** The client's API has no words for it. */
        ABSENT("–"),
        /** Something is missing on this machine. */
        SKIPPED("○"),
        FAILED("✗");

        /** One character for the page. */
        final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    static final Outcome PASSED = new Outcome(Kind.PASSED, "");

    /** Of two runs of a test, as with several parameters, the worse one counts. */
    static final BinaryOperator<Outcome> WORSE = BinaryOperator.maxBy(Comparator.comparing(Outcome::kind));

    /** What a test shows that cannot run here is what it showed where it ran. */
    Outcome whereItRuns() {
        return kind == Kind.SKIPPED ? PASSED : this;
    }
}
