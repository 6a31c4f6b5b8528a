package dev.paddock.itest.conformance;

import org.opentest4j.TestAbortedException;

/** A client's own API has no words for a case: the test is skipped, and the page says why. */
public final class NotInClient extends TestAbortedException {
    private static final long serialVersionUID = 1;

    /**
     * A case that cannot be asked for.
     *
     * @param reason what the client lacks, a part of a sentence
     */
    public NotInClient(String reason) {
        super(reason);
    }
}
